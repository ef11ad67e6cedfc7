import Diagnostics
import PlatformLint

extension Report {
  /// All that a run has to say.
  ///
  /// The pages of the rules take longer to make than a tree to judge: few forms want them.
  init(_ files: [LintedFile], judge: Judge, isVerbose: Bool, withPages: Bool) {
    self.init(
      tool: .dtgen, rules: judge.rules.map { RuleDescription($0, withPage: withPages) })
    for file in files {
      switch file.result {
      case .success(let judgement):
        self.files.append(
          Report.File(
            file.name, findings: judgement.findings, skipped: judgement.skipped,
            remarks: judgement.remarks(verbose: isVerbose)))
      case .failure(let failure):
        // The report has a place of its own for the name.
        let prefix = InputFile.name(of: file.name) + ": "
        let message = failure.message
        unreadable.append(
          UnreadableInput(
            file.name,
            because: message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message))
      }
    }
  }
}

extension Report.Tool {
  /// This tool.
  static let dtgen = Report.Tool(name: "dtgen", version: Version.current)
}

extension Report.RuleDescription {
  /// What a report says about `rule`; without a page, its Markdown is empty.
  init(_ rule: any Rule.Type, withPage: Bool) {
    self.init(
      id: rule.id, severity: rule.severity, summary: rule.summary, rationale: rule.rationale,
      help: rule.help, markdown: withPage ? RulePage.markdown(for: rule) : "",
      needs: rule.needs.names)
  }
}
