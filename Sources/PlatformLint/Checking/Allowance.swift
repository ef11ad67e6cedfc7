/// The author's word that a finding is meant: it is kept, marked, and does not count.
public struct Allowance: Sendable, Hashable {
  /// The id of the rule.
  public let rule: String
  /// The path of the node.
  public let node: String
  /// Why it is meant.
  public let reason: String

  /// Allows the findings of `rule` at `node`.
  public init(rule: String, node: String, because reason: String) {
    self.rule = rule
    self.node = node
    self.reason = reason
  }
}
