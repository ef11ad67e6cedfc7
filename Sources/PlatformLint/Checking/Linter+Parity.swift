public import GuestView

extension Linter {
  /// Holds a tree against tables by those of the rules that are about both; `file` is what findings call the
  /// file of the tree.
  ///
  /// Where they are for different processors, nothing else is said.
  public func lint(_ view: ParityView, file: String? = nil) -> LintReport {
    let rules = self.rules.map { $0.needs.isOfParity ? $0 as? any ParityRule.Type : nil }
    guard let first = rules.compactMap(\.self).first else { return finished(FindingDrafts()) }
    var reporter = ParityReporter(view, file: file, rule: first)
    for (index, rule) in rules.enumerated() {
      guard let rule, view.isOfOneProcessor || rule is ProcessorDiffers.Type else { continue }
      reporter.run(rule, at: index)
    }
    return finished(reporter.drafts)
  }
}
