public import GuestView

extension Linter {
  /// Checks tables by those of the rules that are about any.
  public func lint(_ view: TablesView) -> LintReport {
    let rules = self.rules.map { $0.needs.isOfTables ? $0 as? any TableRule.Type : nil }
    guard let first = rules.compactMap(\.self).first else { return finished(FindingDrafts()) }
    let inputs = Inputs(of: view)
    var reporter = TableReporter(view, rule: first)
    var skipped: [LintReport.Skipped] = []
    for (index, rule) in rules.enumerated() {
      guard let rule else { continue }
      let missing = rule.needs.subtracting(inputs)
      if missing.isEmpty {
        reporter.run(rule, at: index)
      } else {
        skipped.append(LintReport.Skipped(rule: rule.id, missing: missing))
      }
    }
    return finished(reporter.drafts, skipped: skipped.sorted { $0.rule < $1.rule })
  }
}
