/// What every component carries besides its own values.
public struct Declaration: Sendable, Hashable, Codable {
  /// Where it was written; absent in a model that a person wrote as JSON.
  public var location: SourceLocation?
  /// Findings that its author has accepted.
  public var allowances: [Allowance]
  /// Raw properties and nodes added to the node that it becomes.
  public var additions: [NodeContent]
  /// Properties left out of the node that it becomes; nil for none.
  public var omissions: [String]?
  /// What others call the node that it becomes; nil where nobody has to.
  public var label: Label?
  /// The name of the node that it becomes, without the unit address; nil for the usual one.
  public var name: String?

  /// A declaration at `location`.
  public init(
    _ location: SourceLocation?, allowances: [Allowance] = [], additions: [NodeContent] = [],
    omissions: [String]? = nil, label: Label? = nil, name: String? = nil
  ) {
    self.location = location
    self.allowances = allowances
    self.additions = additions
    self.omissions = omissions
    self.label = label
    self.name = name
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
