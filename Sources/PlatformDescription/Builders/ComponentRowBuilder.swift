/// Collects components that stand in a row, and nothing else.
///
/// A ``ComponentBuilder`` for the compiler's sake: nothing is overloaded, and nothing explains what
/// belongs where. dtgen puts the rows of long blocks into it, and compiles what doesn't fit as it was
/// written. A description has no use for it.
@resultBuilder
public enum ComponentRowBuilder {
  /// The components of a row, one after the other.
  ///
  /// Transparent, and with a branch, for the reason of ``ListBuilder/buildBlock(_:)``.
  @_transparent
  public static func buildBlock(_ components: any Component...) -> [Element] {
    guard ComponentBuilder.holds else { return [] }
    return elements(of: components)
  }

  @usableFromInline static func elements(of components: [any Component]) -> [Element] {
    components.map(\.element)
  }
}
