/// An overlay whose phandles and references are those of a base: ready to be merged into it.
///
/// Its own phandles move behind the base's, its references to its own nodes with them; the places
/// that it wants filled with phandles of the base are filled.
///
/// **Source:** libfdt `fdt_overlay.c`, `fdt_overlay_apply`.
struct ResolvedOverlay {
  var arena: TreeArena
  private let flattened: FlattenedTree
  /// The places where a phandle of the overlay itself stands.
  var localPlaces: [Place] = []

  struct Place {
    var node: Int
    var slot: Int
    var offset: Int
  }

  /// Resolves `overlay`, the source of this number, against `base`.
  init(
    _ overlay: FlattenedTree, source: Int, base: TreeArena
  ) throws(DeviceTreeError) {
    guard overlay.mayBeOverlay else {
      throw DeviceTreeError(
        .notAnOverlay,
        "this is a whole tree, not an overlay: no node of its root has a child __overlay__")
    }
    arena = TreeArena(overlay, source: source)
    flattened = overlay
    let delta = base.largestPhandle
    try moveOwnPhandles(by: delta)
    try moveLocalReferences(by: delta)
    try fillFromSymbols(of: base)
    keepPhandles(of: base)
  }

  /// An error at a property of the overlay.
  func error(
    _ code: DeviceTreeError.Code, _ message: String, node: Int, slot: Int? = nil
  ) -> DeviceTreeError {
    var offset: Int?
    if let slot, let origin = arena.entries[node].slots[slot].origin {
      offset = FlattenedTree.Property(tree: flattened, index: origin.index).byteRange.lowerBound
    } else if let origin = arena.entries[node].origin {
      offset = FlattenedTree.Node(tree: flattened, index: origin.index).byteOffset
    }
    return DeviceTreeError(code, message, byteOffset: offset, nodePath: arena.path(of: node))
  }

  private mutating func moveOwnPhandles(by delta: UInt32) throws(DeviceTreeError) {
    for node in arena.entries.indices {
      for name in ["phandle", "linux,phandle"] {
        guard let slot = arena.slot(name, of: node) else { continue }
        let value = arena.entries[node].slots[slot].property.value
        guard let phandle = value.u32 else {
          throw error(
            .badPhandle, "\(name) has \(value.bytes.count) bytes; a phandle has four",
            node: node, slot: slot)
        }
        let (moved, overflows) = phandle.addingReportingOverflow(delta)
        // All ones mark a phandle that is still to be filled in.
        guard !overflows, moved != .max else {
          throw error(
            .badPhandle,
            "no phandle is left for this node: the base's go up to \(hex(delta)), and this is "
              + "\(hex(phandle)) more",
            node: node, slot: slot)
        }
        _ = arena.write(moved, at: 0, slot: slot, of: node)
      }
    }
  }

  /// Lets a node of the base keep its phandle where the overlay has another for it.
  ///
  /// libfdt does so since 1.7.1; before, what referred to the node in the base then referred to
  /// nothing.
  private mutating func keepPhandles(of base: TreeArena) {
    var replacements: [UInt32: UInt32] = [:]
    for fragment in arena.entries[0].children {
      guard let content = arena.child(OverlayNames.content, of: fragment),
        case .found(let target) = self.target(of: fragment, in: base)
      else { continue }
      var waiting = [(base: target, node: content)]
      while let pair = waiting.popLast() {
        if let kept = base.phandle(of: pair.base), let own = arena.phandle(of: pair.node) {
          replacements[own] = kept
          for name in ["phandle", "linux,phandle"] {
            guard let slot = arena.slot(name, of: pair.node) else { continue }
            _ = arena.write(kept, at: 0, slot: slot, of: pair.node)
          }
        }
        for child in arena.entries[pair.node].children {
          guard case .found(let other) = base.find(arena.entries[child].name, of: pair.base)
          else { continue }
          waiting.append((other, child))
        }
      }
    }
    if replacements.isEmpty { return }
    for place in localPlaces {
      guard
        let phandle = arena.entries[place.node].slots[place.slot].property.value
          .cell(at: place.offset), let kept = replacements[phandle]
      else { continue }
      _ = arena.write(kept, at: place.offset, slot: place.slot, of: place.node)
    }
  }

  /// The node of `base` that the fragment is meant for: `target` before `target-path`.
  func target(of fragment: Int, in base: TreeArena) -> Lookup {
    if let phandle = arena.value(OverlayNames.target, of: fragment)?.u32, phandle != 0 {
      return base.node(phandle: phandle).map(Lookup.found) ?? .notAPath
    }
    guard let path = arena.value(OverlayNames.targetPath, of: fragment)?.text else {
      return .notAPath
    }
    return base.resolve(path)
  }
}
