/// Collects the reserved regions of a ``Memory``.
@resultBuilder
public enum MemoryRegionBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = Element

  /// One region.
  public static func buildExpression(_ region: some MemoryRegion) -> [Element] {
    [region.element]
  }

  /// Regions of one kind that were made elsewhere.
  public static func buildExpression(_ regions: [some MemoryRegion]) -> [Element] {
    regions.map(\.element)
  }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message:
      "the braces of a Memory hold reserved regions (RestrictedDMAPool, ReservedMemory); a device belongs beside it"
  )
  public static func buildExpression<Other>(_ other: Other) -> [Element] { [] }
}
