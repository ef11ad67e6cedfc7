/// Lays overlays over a base, one after the other, as a boot loader or a VMM does.
///
/// What is merged is what libfdt merges, and what libfdt refuses is refused, in words.
///
/// **Source:** libfdt `fdt_overlay.c`, `fdt_overlay_apply`.
public struct OverlayApplication: Sendable {
  private var arena: TreeArena
  private var sources: [FlattenedTree]
  /// What the symbols of overlays may still add, in bytes: each is short in its file, and becomes a
  /// whole path.
  private var symbolBudget = Limits().maximumSize

  /// An application that starts from `base`.
  ///
  /// - Throws: ``DeviceTreeError`` with ``DeviceTreeError/Code/overlayAsBase`` where it is an overlay.
  public init(base: FlattenedTree) throws(DeviceTreeError) {
    guard !base.isOverlay else {
      throw DeviceTreeError(.overlayAsBase, "this is an overlay; a base is a whole tree")
    }
    arena = TreeArena(base, source: 0)
    sources = [base]
  }

  /// Lays `overlay` over what there is.
  ///
  /// - Throws: ``DeviceTreeError`` with the place in the overlay; after it, the application is of no
  ///   more use.
  public mutating func apply(_ overlay: FlattenedTree) throws(DeviceTreeError) {
    let resolved = try ResolvedOverlay(overlay, source: sources.count, base: arena)
    sources.append(overlay)
    let targets = try merge(resolved)
    try addSymbols(of: resolved, targets)
  }

  /// The tree that the guest gets.
  ///
  /// - Throws: ``DeviceTreeError`` where it can't be written, or not be read within `limits`: names
  ///   that dtc refuses, siblings of one name, too deep a nesting.
  public func result(limits: Limits = Limits()) throws(DeviceTreeError) -> OverlaidTree {
    try OverlaidTree(arena, sources: sources, limits: limits)
  }

  /// Merges the fragments in order, and gives the path that each went to.
  private mutating func merge(
    _ overlay: ResolvedOverlay
  ) throws(DeviceTreeError) -> [Int: Int] {
    var targets: [Int: Int] = [:]
    for fragment in overlay.arena.entries[0].children {
      // What has no content is no fragment.
      guard let content = overlay.arena.child(OverlayNames.content, of: fragment) else { continue }
      let target = try target(of: fragment, in: overlay)
      targets[fragment] = target
      try merge(content, of: overlay, into: target)
    }
    return targets
  }

  private mutating func merge(
    _ content: Int, of overlay: ResolvedOverlay, into target: Int
  ) throws(DeviceTreeError) {
    var waiting = [(target: target, node: content)]
    while let pair = waiting.popLast() {
      let entry = overlay.arena.entries[pair.node]
      for slot in entry.slots { arena.set(slot.property, of: pair.target, origin: slot.origin) }
      var children: [(target: Int, node: Int)] = []
      for child in entry.children {
        let name = overlay.arena.entries[child].name
        switch arena.find(name, of: pair.target) {
        case .found(let existing): children.append((existing, child))
        case .missing:
          let added = arena.addChild(
            name, to: pair.target, origin: overlay.arena.entries[child].origin)
          children.append((added, child))
        case .ambiguous, .notAPath:
          throw overlay.error(
            .badOverlay,
            "several nodes of \(sanitised(arena.path(of: pair.target))) are called "
              + "'\(sanitised(name))'; which one is meant, its unit address would tell", node: child
          )
        }
      }
      waiting.append(contentsOf: children.reversed())
    }
  }

  /// The node that a fragment is meant for, among all that has been merged so far.
  private func target(
    of fragment: Int, in overlay: ResolvedOverlay
  ) throws(DeviceTreeError) -> Int {
    if let slot = overlay.arena.slot(OverlayNames.target, of: fragment) {
      let value = overlay.arena.entries[fragment].slots[slot].property.value
      guard let phandle = value.u32, phandle != .max else {
        throw overlay.error(
          .badOverlay,
          value.u32 == nil
            ? "target has \(value.bytes.count) bytes; a phandle has four"
            : "target was never filled in: __fixups__ doesn't mention it",
          node: fragment, slot: slot)
      }
      if phandle != 0 {
        guard let node = arena.node(phandle: phandle) else {
          throw overlay.error(
            .unknownTarget, "no node of the base has the phandle \(hex(phandle))", node: fragment,
            slot: slot)
        }
        return node
      }
    }
    guard let slot = overlay.arena.slot(OverlayNames.targetPath, of: fragment) else {
      throw overlay.error(
        .badOverlay, "a fragment with neither target nor target-path", node: fragment)
    }
    guard let path = overlay.arena.entries[fragment].slots[slot].property.value.text else {
      throw overlay.error(.badOverlay, "target-path is no string", node: fragment, slot: slot)
    }
    let lookup = arena.resolve(path)
    if case .found(let node) = lookup { return node }
    throw overlay.error(
      .unknownTarget, unknownTarget(path, lookup), node: fragment, slot: slot)
  }

  private func unknownTarget(_ path: String, _ lookup: Lookup) -> String {
    let shown = sanitised(path.prefix(200))
    switch lookup {
    case .found, .notAPath:
      return "target-path '\(shown)' starts with no '/', and with no alias of the base"
    case .ambiguous(let parent, let name):
      return "target-path '\(shown)' could be several nodes: \(sanitised(arena.path(of: parent))) "
        + "has more than one '\(sanitised(name))'"
    case .missing(let parent, let name):
      let siblings = arena.entries[parent].children.lazy.map { arena.entries[$0].name }
      return "target-path '\(shown)' is not in the base: \(sanitised(arena.path(of: parent))) has "
        + "no child '\(sanitised(name.prefix(200)))'" + NearMiss.hint(for: name, among: siblings)
    }
  }

  /// Adds the overlay's labels to those of the base, so that the next overlay can use them.
  private mutating func addSymbols(
    of overlay: ResolvedOverlay, _ targets: [Int: Int]
  ) throws(DeviceTreeError) {
    guard let own = overlay.arena.child(OverlayNames.symbols, of: 0) else { return }
    let symbols =
      arena.child(OverlayNames.symbols, of: 0)
      ?? arena.addChild(
        OverlayNames.symbols, to: 0, origin: overlay.arena.entries[own].origin)
    for index in overlay.arena.entries[own].slots.indices {
      let slot = overlay.arena.entries[own].slots[index]
      guard let path = slot.property.value.text, path.utf8.first == UInt8(ascii: "/") else {
        throw overlay.error(
          .badOverlay, "the label '\(sanitised(slot.property.name))' stands for no path", node: own,
          slot: index)
      }
      let parts = path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
      // A label of the fragment itself, or of what isn't merged, has no meaning in the base.
      guard parts.count >= 2, parts[1] == OverlayNames.content else { continue }
      guard let fragment = overlay.arena.child(String(parts[0]), of: 0),
        let target = targets[fragment]
      else {
        throw overlay.error(
          .badOverlay,
          "the label '\(sanitised(slot.property.name))' stands for a node of "
            + "'\(sanitised(parts[0].prefix(200)))', which is no fragment", node: own, slot: index)
      }
      var full = arena.path(of: target)
      if parts.count == 3 { full += (full == "/" ? "" : "/") + parts[2] }
      symbolBudget -= full.utf8.count
      guard symbolBudget >= 0 else {
        throw overlay.error(
          .limitExceeded, "the labels stand for paths of more than 64 MiB", node: own, slot: index)
      }
      arena.set(
        Property(slot.property.name, .string(full)), of: symbols, origin: slot.origin)
    }
  }
}
