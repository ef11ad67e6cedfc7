/// The overlay that makes one tree of another: what the first lacks, and has otherwise.
///
/// Each node of the base that changes is the target of a fragment, named by its label where the base
/// has one for it, else by its path. References between nodes of the overlay are local; nodes of the
/// base are named by label, or by the number of their phandle where they have no label.
///
/// **Source:** dtc `Documentation/dt-object-internal.txt`; libfdt `fdt_overlay.c`; crosvm
/// `cros_fdt/src/overlay.rs`, which takes a fragment by `target-path` or by a `target` that
/// `__fixups__` fills in, and refuses a label of a fragment's own target.
public struct DerivedOverlay: Sendable {
  /// A fragment, and what it is laid over.
  public struct Fragment: Sendable, Hashable {
    /// The path of the node of the base.
    public var target: String
    /// The label by which the overlay names it; nil where it does so by path.
    public var label: String?

    /// A fragment.
    public init(target: String, label: String?) {
      self.target = target
      self.label = label
    }
  }

  /// The overlay.
  public private(set) var tree: Tree
  /// The fragments, in order; none where nothing is to be done.
  public private(set) var fragments: [Fragment] = []
  /// References to nodes of the base by number: with them, the overlay fits this base alone.
  public private(set) var numbered: [TreeReference] = []
  /// What the base has and the wanted tree lacks: no overlay can take it away.
  public private(set) var unremovable: [TreeDifference] = []

  /// The overlay that makes `wanted` of `base`.
  ///
  /// - Parameters:
  ///   - base: What the overlay will be laid over.
  ///   - wanted: What should come of it; its `/__symbols__` is left to `symbols`.
  ///   - references: Where phandles lie in `wanted`.
  ///   - symbols: Labels of nodes of `wanted`, for other overlays; those of new nodes go into the
  ///     overlay, in this order.
  public init(
    from base: Tree, to wanted: Tree, references: [TreeReference],
    symbols: [(label: String, path: String)] = []
  ) {
    var draft = OverlayDraft(base: base, wanted: wanted, references: references)
    draft.build(symbols: symbols)
    tree = Tree(root: draft.output.root)
    fragments = draft.fragments
    numbered = draft.numbered
    unremovable = draft.unremovable
  }
}
