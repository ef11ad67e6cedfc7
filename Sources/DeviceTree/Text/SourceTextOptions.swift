/// How ``FlattenedTree/sourceText(options:)`` spells a tree.
public struct SourceTextOptions: Sendable, Equatable {
  /// Whether lines end with what their cells mean: addresses and sizes, interrupts, and the paths of
  /// the nodes referred to.
  ///
  /// `reg = <0x0 0x5f000000 0x0 0x800000>; /* 0x5f000000..0x5f7fffff, 8 MiB, restricted DMA pool */`
  public var annotated: Bool

  /// Options with the usual values where none is given.
  public init(annotated: Bool = false) { self.annotated = annotated }
}
