/// One thing that a tree has otherwise than another, or lacks.
public struct TreeDifference: Sendable, Hashable, CustomStringConvertible {
  /// What is otherwise.
  public enum Kind: Sendable, Hashable {
    /// Only the second tree has the node, with all that is in it.
    case nodeAdded
    /// Only the first tree has the node, with all that is in it.
    case nodeRemoved
    /// Only the second tree has the property.
    case propertyAdded
    /// Only the first tree has the property.
    case propertyRemoved
    /// The value is another.
    case propertyChanged
    /// The memory reservation block, or the CPU that boots; the path is that of the root.
    case headerChanged
  }

  /// What is otherwise.
  public var kind: Kind
  /// The path of the node.
  public var node: String
  /// The property, where it is about one.
  public var property: String?

  /// A difference.
  public init(_ kind: Kind, node: String, property: String? = nil) {
    self.kind = kind
    self.node = node
    self.property = property
  }

  /// The place and what is otherwise there.
  public var description: String {
    let place = sanitised(property.map { "\(node): \($0)" } ?? node)
    switch kind {
    case .nodeAdded, .propertyAdded: return "\(place) is only in the second tree"
    case .nodeRemoved, .propertyRemoved: return "\(place) is only in the first tree"
    case .propertyChanged: return "\(place) differs"
    case .headerChanged: return "memory reservations or boot CPU differ"
    }
  }
}
