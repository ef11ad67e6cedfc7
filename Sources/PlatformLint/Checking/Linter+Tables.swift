public import GuestView

extension Linter {
  /// Checks tables by those of the rules that are about any.
  public func lint(_ view: TablesView) -> LintReport {
    let rules = self.rules.map { $0.needs == .tables ? $0 as? any TableRule.Type : nil }
    guard let first = rules.compactMap(\.self).first else { return finished(FindingDrafts()) }
    var reporter = TableReporter(view, rule: first)
    for (index, rule) in rules.enumerated() {
      if let rule { reporter.run(rule, at: index) }
    }
    return finished(reporter.drafts)
  }
}
