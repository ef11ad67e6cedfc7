public import Diagnostics

extension Report.RuleDescription {
  /// What a report says about `rule`; without a page, its Markdown is empty.
  public init(_ rule: any Rule.Type, withPage: Bool) {
    self.init(
      id: rule.id, severity: rule.severity, summary: rule.summary, rationale: rule.rationale,
      help: rule.help, markdown: withPage ? RulePage.markdown(for: rule) : "",
      needs: rule.needs.names)
  }
}
