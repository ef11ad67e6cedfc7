/// Collects the properties and children of a ``Node``.
@resultBuilder
public enum NodeBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = NodeContent

  /// One property.
  public static func buildExpression(_ property: Property) -> [NodeContent] {
    [.property(property)]
  }

  /// One child.
  public static func buildExpression(_ node: Node) -> [NodeContent] { [.node(node)] }

  /// Says what belongs here.
  @available(*, unavailable, message: "the braces of a Node hold properties and nodes")
  public static func buildExpression<Other>(_ other: Other) -> [NodeContent] { [] }
}
