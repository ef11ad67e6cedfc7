import ArgumentParser
import Diagnostics

/// How a verdict is reported, alike for every command that judges.
struct ReportOptions: ParsableArguments {
  /// The forms of a report.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  /// From which severity on findings make the run fail.
  enum Threshold: String, CaseIterable, ExpressibleByArgument {
    case error, warning, note, never

    var severity: Severity? {
      switch self {
      case .error: .error
      case .warning: .warning
      case .note: .note
      case .never: nil
      }
    }

    /// The status that `findings` ask for.
    func status(of findings: [Finding]) -> ExitStatus {
      Tally(findings).reaches(severity) ? .findings : .clean
    }
  }

  @Option(help: "The form of the report: text or json.")
  var format: Format = .text

  @Option(
    name: .customLong("fail-on"),
    help: "From which severity on findings make the exit status 1: error, warning, note, never.")
  var failOn: Threshold = .error

  @Flag(name: .shortAndLong, help: "Print findings and nothing else.")
  var quiet = false

  /// The status that `findings` ask for.
  func status(of findings: [Finding]) -> ExitStatus {
    failOn.status(of: findings)
  }
}
