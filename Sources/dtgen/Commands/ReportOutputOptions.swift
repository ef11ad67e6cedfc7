import ArgumentParser
import PlatformLint

/// Which forms of a report are written, and where to.
struct ReportOutputOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      """
      A form of the report: text, json, sarif, junit or github. May be repeated; all but one need a \
      file, as in --format sarif=out.sarif --format text.
      """, valueName: "form[=file]"),
    completion: .list(ReportOutput.Format.allCases.map(\.rawValue)),
    transform: Self.output)
  var formats: [ReportOutput] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file for the one form that names none; without it, standard output.",
      valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      """
      From which severity on findings make the exit status 1: error, warning, note, never. \
      (default: the policy's, or error)
      """, valueName: "severity"),
    completion: .list(FailureThreshold.allCases.map(\.rawValue)),
    transform: FailureThreshold.init(argument:))
  var failOn: FailureThreshold?

  @Flag(name: .shortAndLong, help: "Print findings and nothing else.")
  var quiet = false

  @Flag(
    name: .shortAndLong,
    help: "Say of each file how it was judged, and name what is else only counted.")
  var verbose = false

  @Flag(
    name: .customLong("all"),
    help: """
      Print all findings as text: however many there are of one rule, and those that the baseline \
      knows.
      """)
  var showsAll = false

  @OptionGroup var colour: ColourOptions

  func validate() throws {
    let unnamed = outputs.filter { $0.path == nil }
    if unnamed.count > 1 {
      let form = unnamed[1].format.rawValue
      throw ValidationError(
        "Only one form goes to standard output; name a file: --format \(form)=FILE.")
    }
    if output != nil, formats.count > 0, formats.allSatisfy({ $0.path != nil }) {
      throw ValidationError("-o has no form to write: every --format names its file.")
    }
    let files = outputs.compactMap(\.path)
    if Set(files).count < files.count {
      throw ValidationError("Two forms of the report would go to one file.")
    }
  }

  /// The forms with their files.
  var outputs: [ReportOutput] {
    var outputs = formats.isEmpty ? [ReportOutput(.text)] : formats
    if let output, let index = outputs.firstIndex(where: { $0.path == nil }) {
      outputs[index].path = output
    }
    return outputs
  }

  private static func output(_ text: String) throws -> ReportOutput {
    guard let output = ReportOutput(text) else {
      let forms = ReportOutput.Format.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(text)' is no form of a report; \(forms) are, each with =FILE.")
    }
    return output
  }
}
