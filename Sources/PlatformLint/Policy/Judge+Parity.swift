import Diagnostics
public import GuestView

/// What was found between a tree and tables of one machine, for the judgements of both to take up.
public struct ParityFindings: Sendable {
  let report: LintReport

  /// Those in the file that findings call `name`.
  func findings(in name: String?) -> [Finding] {
    report.findings.filter { $0.place.file == name }
  }
}

extension Judge {
  /// Holds a tree against tables; `file` is what findings call the file of the tree.
  ///
  /// Severities, waivers and the baseline are left to the judgement of the file that a finding is in.
  public func compare(_ view: ParityView, file: String?) -> ParityFindings {
    let running = rules.filter { $0.needs.isOfParity && severities[$0.id] != .off }
    return ParityFindings(report: Linter(rules: running).lint(view, file: file))
  }
}
