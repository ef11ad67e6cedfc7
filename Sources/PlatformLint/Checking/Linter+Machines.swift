public import GuestView

extension Linter {
  /// Checks machines that share memory, by those of the rules that are about any.
  ///
  /// What is wrong with each tree by itself is not looked at: that is another matter. A finding is in
  /// the file of the machine in whose tree it is.
  public func lint(_ view: MachinesView) -> LintReport {
    let rules = self.rules.map { $0.needs.contains(.machines) ? $0 as? any PairRule.Type : nil }
    guard let first = rules.compactMap(\.self).first else { return finished(FindingDrafts()) }
    let inputs: Inputs = view.hostMap == nil ? .machines : [.machines, .hostMap]
    var reporter = PairReporter(view, rule: first)
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
