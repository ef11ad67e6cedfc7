import ArgumentParser
import Diagnostics
import PlatformLint

/// How a verdict is reported, alike for every command that judges.
struct ReportOptions: ParsableArguments {
  /// The forms of a report.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Option(help: "The form of the report: text or json.")
  var format: Format = .text

  @Option(
    name: .customLong("fail-on"),
    help: ArgumentHelp(
      "From which severity on findings make the exit status 1: error, warning, note, never.",
      valueName: "severity"),
    completion: .list(FailureThreshold.allCases.map(\.rawValue)),
    transform: FailureThreshold.init(argument:))
  var failOn: FailureThreshold = .error

  @Flag(name: .shortAndLong, help: "Print findings and nothing else.")
  var quiet = false

  @Flag(
    name: .customLong("all"),
    help: "Print all findings as text, however many there are of one rule.")
  var showsAll = false

  @OptionGroup var colour: ColourOptions

  /// The status that `findings` ask for.
  func status(of findings: [Finding]) -> ExitStatus {
    failOn.status(of: Tally(findings))
  }
}

extension FailureThreshold {
  /// The threshold that a command line names.
  init(argument: String) throws {
    guard let threshold = FailureThreshold(rawValue: argument) else {
      throw ValidationError("'\(argument)' is none of error, warning, note, never.")
    }
    self = threshold
  }

  /// The status that findings so counted ask for.
  func status(of tally: Tally) -> ExitStatus { tally.reaches(severity) ? .findings : .clean }
}
