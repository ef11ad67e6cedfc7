extension ResolvedOverlay {
  /// Fills the places that are listed for labels of `base` with the phandles of their nodes.
  mutating func fillFromSymbols(of base: TreeArena) throws(DeviceTreeError) {
    guard let fixups = arena.child(OverlayNames.fixups, of: 0) else { return }
    for slot in arena.entries[fixups].slots.indices {
      let property = arena.entries[fixups].slots[slot].property
      let phandle: UInt32
      switch base.phandle(ofLabel: property.name) {
      case .success(let found): phandle = found
      case .failure(let problem):
        throw error(problem.code, problem.message, node: fixups, slot: slot)
      }
      let places = property.value.bytes
      guard places.last == 0 else {
        throw error(
          .badFixup, "the places of '\(sanitised(property.name))' are not strings", node: fixups,
          slot: slot)
      }
      for place in places.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
        try fill(place, with: phandle, for: property.name, fixups, slot)
      }
    }
  }

  private mutating func fill(
    _ text: ArraySlice<UInt8>, with phandle: UInt32, for label: String, _ fixups: Int, _ slot: Int
  ) throws(DeviceTreeError) {
    let shown = sanitised(String(decoding: text.prefix(200), as: UTF8.self))
    guard let fixup = Fixup(text) else {
      throw error(
        .badFixup,
        "'\(shown)' is no place for '\(sanitised(label))': a path, a property and an offset, as in "
          + "/fragment@0:target:0",
        node: fixups, slot: slot)
    }
    guard case .found(let node) = arena.resolve(fixup.path) else {
      throw error(
        .badFixup, "'\(shown)' is no place for '\(sanitised(label))': the overlay has no such node",
        node: fixups, slot: slot)
    }
    guard let target = arena.slot(fixup.property, of: node) else {
      throw error(
        .badFixup,
        "'\(shown)' is no place for '\(sanitised(label))': the node has no such property",
        node: fixups, slot: slot)
    }
    guard arena.write(phandle, at: fixup.offset, slot: target, of: node) else {
      throw error(
        .badFixup,
        "'\(shown)' is no place for '\(sanitised(label))': the value ends before the offset does",
        node: fixups, slot: slot)
    }
  }
}
