/// A property of a base that a description says is not there.
public struct OmittedProperty: Sendable, Hashable {
  /// The path of the node in the merged tree.
  public var node: String
  /// The property.
  public var property: String
  /// What the base had.
  public var before: PropertyValue
}
