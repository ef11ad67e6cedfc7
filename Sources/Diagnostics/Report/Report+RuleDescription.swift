extension Report {
  /// What a report says about a rule, whether or not the rule found anything.
  public struct RuleDescription: Sendable, Hashable {
    /// The id, as in `dma/pool-outside-memory`.
    public var id: String
    /// How much a finding of the rule matters, where nothing says otherwise.
    public var severity: Severity
    /// The defect in a few words: lower case, no full stop.
    public var summary: String
    /// Why that is a defect: sentences.
    public var rationale: String
    /// What to do about it: lower case, no full stop.
    public var help: String
    /// The rule's page in Markdown.
    public var markdown: String
    /// Where that page can be read: an absolute URI.
    public var helpURI: String?
    /// The inputs that it takes, as in `tree` and `features`.
    public var needs: [String]

    /// A rule.
    public init(
      id: String, severity: Severity, summary: String, rationale: String, help: String,
      markdown: String, helpURI: String? = nil, needs: [String] = ["tree"]
    ) {
      self.id = id
      self.severity = severity
      self.summary = summary
      self.rationale = rationale
      self.help = help
      self.markdown = markdown
      self.helpURI = helpURI
      self.needs = needs
    }
  }
}
