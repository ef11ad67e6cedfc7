import Diagnostics
import Testing

@Suite("a report as GitHub's annotations")
struct GitHubReportTests {
  private func lines(_ report: Report) -> [Substring] {
    String(decoding: GitHubReport().bytes(report), as: UTF8.self).split(separator: "\n")
  }

  @Test("is one command a line, whatever the names are")
  func hostile() {
    // By bytes, as the runner reads it.
    for line in GitHubReport().bytes(SampleReport.hostile).split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      // "::command properties::message": a property can have neither colon nor comma of its own.
      #expect(parts.count >= 5 && parts[0].isEmpty && parts[1].isEmpty && parts[3].isEmpty)
      let words = parts[2].split(separator: " ", maxSplits: 1)
      #expect(["error", "warning", "notice"].contains(words[0]))
      for property in words[1].utf8.split(separator: UInt8(ascii: ",")) {
        let name = String(decoding: property.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
        #expect(["file", "line", "col", "title"].contains(name))
      }
    }
  }

  @Test("escapes what the runner would take apart")
  func escapes() {
    let line = lines(SampleReport.everything).first { $0.contains("odd") }
    #expect(line?.hasPrefix("::error file=trees/odd name%3A1%2C2.dtb,title=dma/example::") == true)
  }

  @Test("has lines where there is a description, and leaves out what is allowed")
  func places() {
    let lines = lines(SampleReport.everything)
    #expect(lines[1].hasPrefix("::error file=platform.swift,line=12,col=7,title=dma/example::"))
    #expect(!lines.contains { $0.contains("quiet::") || $0.contains("golden") })
    #expect(lines.last?.hasPrefix("::notice title=rules that did not run::") == true)
  }
}
