/// A description's tree merged onto a base: what the description says wins, and what the base alone
/// has stays.
///
/// Nodes are matched by path, else by what they stand for (``NodeMatch/Means``). Nodes of the base
/// keep their names and phandles; phandles of the description become theirs, or numbers that are free.
public struct TreeMerge: Sendable {
  /// The merged tree; meaningless where there are ``conflicts``.
  public private(set) var tree: Tree
  /// Which nodes are in both, in the order of the description.
  public private(set) var matches: [NodeMatch] = []
  /// The nodes that only the description has, by their paths in the merged tree, without those inside
  /// others.
  public private(set) var added: [String] = []
  /// What the base had otherwise.
  public private(set) var replaced: [ReplacedProperty] = []
  /// What the base had and the description says is not there.
  public private(set) var omitted: [OmittedProperty] = []
  /// The boot CPU, where the base has another than the description states.
  public private(set) var bootCPU: (before: UInt32, after: UInt32)?
  /// Why nothing can come of it.
  public private(set) var conflicts: [MergeConflict] = []
  /// The path in the merged tree of each node of the description.
  public private(set) var paths: [String: String] = [:]
  /// The places of ``init(of:onto:references:defaults:stated:)`` in the merged tree.
  public private(set) var references: [TreeReference] = []

  /// What a description has in case nobody says otherwise: a base's value stays.
  public struct Default: Sendable, Hashable {
    /// The path of the node of the description.
    public var node: String
    /// The property.
    public var property: String

    /// A property that nobody stated.
    public init(node: String, property: String) {
      self.node = node
      self.property = property
    }
  }

  /// Merges `description` onto `base`.
  ///
  /// - Parameters:
  ///   - description: The tree whose word counts.
  ///   - base: The tree that it goes onto; its memory reservations stay.
  ///   - references: Where phandles and paths lie in `description`.
  ///   - defaults: What of `description` is no more than a default.
  ///   - stated: The paths of the nodes of `description` whose phandle something outside relies on.
  ///   - omissions: What the nodes of `description` are not to have, even where the base has it.
  ///   - bootCPU: The boot CPU; nil for the base's.
  public init(
    of description: Tree, onto base: Tree, references: [TreeReference],
    defaults: Set<Default> = [], stated: Set<String> = [], omissions: Set<Default> = [],
    bootCPU: UInt32? = nil
  ) {
    var draft = MergeDraft(description, onto: base)
    draft.match()
    draft.mergeNodes(defaults: defaults)
    draft.numberNodes(references, stated: stated)
    draft.rewrite(references)
    draft.noteReplaced()
    draft.leaveOut(omissions)
    var reservations = base.memoryReservations
    for reservation in description.memoryReservations
    where !reservations.contains(where: {
      $0.address == reservation.address && $0.size == reservation.size
    }) {
      reservations.append(reservation)
    }
    tree = Tree(
      root: draft.merged.root, memoryReservations: reservations, bootCPU: bootCPU ?? base.bootCPU)
    if let bootCPU, bootCPU != base.bootCPU { self.bootCPU = (base.bootCPU, bootCPU) }
    matches = draft.matches
    added = draft.added
    replaced = draft.replaced
    omitted = draft.omitted
    conflicts = draft.conflicts
    paths = draft.paths
    self.references = draft.references
  }
}
