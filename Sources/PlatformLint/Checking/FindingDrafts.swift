import Diagnostics

/// The findings of one run, rule by rule, with those left out that a hostile input makes too many of.
struct FindingDrafts {
  /// A finding, and the node that decides what it silences; -1 for none.
  struct Draft {
    var finding: Finding
    var rule: Int
    var node: Int
  }

  private(set) var all: [Draft] = []
  private(set) var omitted: [LintReport.Omitted] = []
  private var rule = 0
  private var count = 0

  /// What comes next is of the rule at `index`.
  mutating func begin(ruleAt index: Int) {
    rule = index
    count = 0
  }

  /// Notes how many findings of the rule that is through were left out.
  mutating func end(_ id: String) {
    if count > Linter.mostFindings {
      omitted.append(LintReport.Omitted(rule: id, count: count - Linter.mostFindings))
    }
  }

  /// Counts a finding, and says whether it is kept: one that is not need not be put into words.
  mutating func admitsAnother() -> Bool {
    count += 1
    return count <= Linter.mostFindings
  }

  /// Keeps a finding of the rule that runs.
  mutating func append(_ finding: Finding, node: Int) {
    all.append(Draft(finding: finding, rule: rule, node: node))
  }
}
