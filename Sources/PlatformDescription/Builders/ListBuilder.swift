/// What all builders of this language share: a block is a list, and `if` and `for` make lists.
public protocol ListBuilder {
  /// What the list holds.
  associatedtype Item
}

extension ListBuilder {
  /// The parts of a block, one after the other.
  ///
  /// Transparent, so that a block's function branches before it returns. LLVM's fast instruction selector
  /// leaves what ends in a return of Swift's to the slow one, together with all before it up to a branch:
  /// else that is the whole of a long block.
  @_transparent
  public static func buildBlock(_ parts: [Item]...) -> [Item] {
    guard holds else { return [] }
    return join(parts)
  }

  /// True, which the compiler of a description can't know.
  @usableFromInline @inline(never) static var holds: Bool { true }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Item]?) -> [Item] { part ?? [] }
  /// The first branch of an `if` or a `switch`.
  public static func buildEither(first part: [Item]) -> [Item] { part }
  /// The other branch.
  public static func buildEither(second part: [Item]) -> [Item] { part }
  /// A `for` loop.
  public static func buildArray(_ parts: [[Item]]) -> [Item] { join(parts) }
  /// A list that was made elsewhere.
  public static func buildExpression(_ list: [Item]) -> [Item] { list }

  // Whole lists at a time: items one by one cost a look at their type each, and a loop has thousands.
  @usableFromInline
  static func join(_ parts: [[Item]]) -> [Item] {
    if let only = parts.first, parts.count == 1 { return only }
    var list: [Item] = []
    list.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { list += part }
    return list
  }
}
