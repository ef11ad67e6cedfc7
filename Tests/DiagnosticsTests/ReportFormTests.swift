import DTGenTestSupport
import Diagnostics
import Testing

/// What holds for every form of a report.
@Suite("a report, in every form")
struct ReportFormTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: @Sendable (Report) -> [UInt8]
    var testDescription: String { name }
  }

  static let forms = [
    Form(name: "sample.txt") {
      Array(TextReport(style: TextStyle(styled: false)).text(for: $0).utf8)
    },
    Form(name: "sample.json") { JSONReport().bytes($0) },
    Form(name: "sample.sarif") { SARIFReport().bytes($0) },
    Form(name: "sample.xml") { JUnitReport().bytes($0) },
    Form(name: "sample.github.txt") { GitHubReport().bytes($0) },
  ]

  @Test("is what was reviewed", arguments: forms)
  func golden(form: Form) {
    Golden.expect(
      String(decoding: form.bytes(SampleReport.everything), as: UTF8.self),
      matches: "fixtures/reports/\(form.name)")
  }

  @Test("lets nothing through that a terminal would act on", arguments: forms)
  func hostile(form: Form) {
    let isHarmless = isHarmless(form.bytes(SampleReport.hostile))
    #expect(isHarmless)
  }

  @Test("of nothing says that nothing was looked at", arguments: forms)
  func empty(form: Form) {
    let empty = Report(tool: .init(name: "dtgen", version: "0.1.0"), rules: [])
    let text = String(decoding: form.bytes(empty), as: UTF8.self)
    #expect(!text.contains("no findings"))
    #expect(isHarmless(Array(text.utf8)))
  }
}
