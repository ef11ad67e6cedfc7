import Diagnostics
import PlatformLint

extension Report.Tool {
  /// This tool.
  static let dtgen = Report.Tool(name: "dtgen", version: Version.current)
}

extension Report.RuleDescription {
  /// What a report says about `rule`.
  init(_ rule: any Rule.Type) {
    self.init(
      id: rule.id, severity: rule.severity, summary: rule.summary, rationale: rule.rationale,
      help: rule.help, markdown: RulePage.markdown(for: rule), needs: rule.needs.names)
  }
}

extension Report.SkippedRule {
  /// A rule that lacked an input.
  init(_ skipped: LintReport.Skipped) {
    self.init(skipped.rule, missing: skipped.missing.names)
  }
}
