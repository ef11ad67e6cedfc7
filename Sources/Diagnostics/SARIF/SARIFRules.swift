/// The rules of a run, and where each stands among them.
struct SARIFRules {
  private let rules: [Report.RuleDescription]
  private let positions: [String: Int]

  init(_ rules: [Report.RuleDescription]) {
    self.rules = rules
    var positions: [String: Int] = [:]
    for (position, rule) in rules.enumerated() where positions[rule.id] == nil {
      positions[rule.id] = position
    }
    self.positions = positions
  }

  /// The position of a rule; nil for a finding that no rule made.
  func index(of id: String) -> Int? { positions[id] }

  /// The descriptors, in order.
  var json: JSONValue { .array(rules.map(Self.descriptor)) }

  private static func descriptor(_ rule: Report.RuleDescription) -> JSONValue {
    let family = rule.id.prefix { $0 != "/" }
    return .object(
      .init("id", rule.id.json),
      .init("shortDescription", text(rule.summary)),
      .init("fullDescription", text(rule.rationale)),
      .init(
        "help",
        .object(.init("text", rule.help.json), .init("markdown", rule.markdown.json))),
      .init("helpUri", rule.helpURI?.json),
      .init("defaultConfiguration", .object(.init("level", rule.severity.rawValue.json))),
      .init(
        "properties",
        .object(
          .init("tags", .strings([String(family)])), .init("needs", .strings(rule.needs)),
          // What GitHub's code scanning orders by.
          .init("problem.severity", problemSeverity(rule.severity).json))))
  }

  private static func text(_ text: String) -> JSONValue { .object(.init("text", text.json)) }

  /// **Source:** GitHub Docs, "SARIF support for code scanning".
  private static func problemSeverity(_ severity: Severity) -> String {
    severity == .note ? "recommendation" : severity.rawValue
  }
}
