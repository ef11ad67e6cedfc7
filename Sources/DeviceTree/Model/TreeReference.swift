/// A place in a tree that names another node of it: a phandle among cells, or a path.
///
/// The bytes alone can't tell a phandle from another number; who merges, compares or makes an overlay
/// of trees has to know.
public struct TreeReference: Sendable, Hashable {
  /// How the node is named.
  public enum Kind: Sendable, Hashable {
    /// By its phandle, four bytes.
    case phandle
    /// By its path, the whole property, a NUL at the end.
    case path
  }

  /// The path of the node that has the property.
  public var node: String
  /// The name of the property.
  public var property: String
  /// The offset of the phandle in the property's value, in bytes; 0 for a path.
  public var offset: Int
  /// How the node is named.
  public var kind: Kind
  /// The path of the node that is named.
  public var target: String

  /// A place that names another node.
  public init(node: String, property: String, offset: Int, kind: Kind, target: String) {
    self.node = node
    self.property = property
    self.offset = offset
    self.kind = kind
    self.target = target
  }
}
