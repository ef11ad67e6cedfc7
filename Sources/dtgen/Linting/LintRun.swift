import Diagnostics

/// Judges files one after the other, and reports.
struct LintRun {
  /// The files; `-` is standard input.
  var files: [String]
  var format = ReportOptions.Format.text
  /// Whether findings are printed and nothing else.
  var quiet = false
  var failOn = ReportOptions.Threshold.error

  /// Judges and reports, and gives the status of the worst.
  ///
  /// - Throws: what encoding a report throws.
  func run() throws -> ExitStatus {
    var results: [LintResult] = []
    var failure: Failure?
    for file in files {
      do throws(Failure) {
        results.append(try LintResult(file))
      } catch {
        StandardStream.error.write("dtgen: error: \(error.message.safeForTerminal)\n")
        failure = failure ?? error
      }
    }
    let findings = results.flatMap(\.findings)
    switch format {
    case .text: printText(results, findings)
    case .json:
      let document = LintDocument(files: results, tally: Tally(findings))
      StandardStream.output.write(try JSONText.encode(document))
    }
    return failure?.status ?? failOn.status(of: findings)
  }

  private func printText(_ results: [LintResult], _ findings: [Finding]) {
    let style = TextStyle(styled: StandardStream.output.isStyled)
    let text = TextReport(style: style)
    for finding in findings { StandardStream.output.write(text.text(for: finding)) }
    if quiet || results.isEmpty { return }
    let verdict = Verdict(findings: findings, skipped: results.flatMap(\.skipped))
    StandardStream.output.write(verdict.text(style: style) + "\n")
  }
}

extension LintRun {
  /// The run that a plain command line asks for; nil where ArgumentParser has to read it.
  ///
  /// Most are plain: `lint`, files, and perhaps `-q`.
  /// ArgumentParser finds out at run time what a command consists of, which takes three times as
  /// long as to read a virtual machine's tree and to judge it.
  init?(plain arguments: some Collection<String>) {
    guard arguments.first == "lint" else { return nil }
    files = []
    for argument in arguments.dropFirst() {
      if argument == "-q" || argument == "--quiet" {
        quiet = true
      } else if argument == "-" || !(argument.isEmpty || argument.hasPrefix("-")) {
        files.append(argument)
      } else {
        return nil
      }
    }
    if files.isEmpty { return nil }
  }
}
