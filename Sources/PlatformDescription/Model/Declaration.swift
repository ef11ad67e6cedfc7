/// What every component carries besides its own values.
public struct Declaration: Sendable, Hashable, Codable {
  /// Where it was written; absent in a model that a person wrote as JSON.
  public var location: SourceLocation?
  /// Findings that its author has accepted.
  public var allowances: [Allowance]
  /// Raw properties and nodes added to the node that it becomes.
  public var additions: [NodeContent]
  /// What others call the node that it becomes; nil where nobody has to.
  public var label: Label?

  /// A declaration at `location`.
  public init(
    _ location: SourceLocation?, allowances: [Allowance] = [], additions: [NodeContent] = [],
    label: Label? = nil
  ) {
    self.location = location
    self.allowances = allowances
    self.additions = additions
    self.label = label
  }

  init(_ file: String, _ line: Int, _ column: Int) {
    self.init(SourceLocation(file: file, line: line, column: column))
  }
}

/// A finding that the author accepts, and why.
public struct Allowance: Sendable, Hashable, Codable {
  /// The id of the rule, as in `dma/mixed-confinement`.
  public var rule: String
  /// Why it is accepted; shown wherever the finding would have been.
  public var reason: String

  /// An accepted finding.
  public init(rule: String, reason: String) {
    self.rule = rule
    self.reason = reason
  }
}
