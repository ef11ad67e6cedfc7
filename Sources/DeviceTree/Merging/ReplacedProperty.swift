/// A value of a base that a description has otherwise.
public struct ReplacedProperty: Sendable, Hashable {
  /// The path in the merged tree.
  public var node: String
  /// The property.
  public var property: String
  /// What the base said.
  public var before: PropertyValue
  /// What the merged tree says.
  public var after: PropertyValue
}
