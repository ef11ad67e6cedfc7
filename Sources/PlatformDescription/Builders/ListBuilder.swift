/// What all builders of this language share: a block is a list, and `if` and `for` make lists.
public protocol ListBuilder {
  /// What the list holds.
  associatedtype Item
}

extension ListBuilder {
  /// The parts of a block, one after the other.
  public static func buildBlock(_ parts: [Item]...) -> [Item] { Array(parts.joined()) }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Item]?) -> [Item] { part ?? [] }
  /// The first branch of an `if` or a `switch`.
  public static func buildEither(first part: [Item]) -> [Item] { part }
  /// The other branch.
  public static func buildEither(second part: [Item]) -> [Item] { part }
  /// A `for` loop.
  public static func buildArray(_ parts: [[Item]]) -> [Item] { Array(parts.joined()) }
  /// A list that was made elsewhere.
  public static func buildExpression(_ list: [Item]) -> [Item] { list }
}
