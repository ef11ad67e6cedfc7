extension ResolvedOverlay {
  /// Moves the references of the overlay to its own nodes, as the nodes' phandles have moved.
  mutating func moveLocalReferences(by delta: UInt32) throws(DeviceTreeError) {
    guard let fixups = arena.child(OverlayNames.localFixups, of: 0) else { return }
    var waiting = [(fixup: fixups, node: 0)]
    while let (fixup, node) = waiting.popLast() {
      for index in arena.entries[fixup].slots.indices {
        try moveReferences(listedBy: fixup, index, in: node, by: delta)
      }
      for child in arena.entries[fixup].children {
        let name = arena.entries[child].name
        guard case .found(let target) = arena.find(name, of: node) else {
          throw error(
            .badFixup,
            "__local_fixups__ speaks of a node that the overlay hasn't: "
              + "\(sanitised(arena.path(of: node))) has no child '\(sanitised(name))'", node: child)
        }
        waiting.append((child, target))
      }
    }
  }

  private mutating func moveReferences(
    listedBy fixup: Int, _ index: Int, in node: Int, by delta: UInt32
  ) throws(DeviceTreeError) {
    let list = arena.entries[fixup].slots[index].property
    guard list.value.bytes.count % 4 == 0 else {
      throw error(
        .badFixup, "the offsets of '\(sanitised(list.name))' are not cells", node: fixup,
        slot: index)
    }
    guard let slot = arena.slot(list.name, of: node) else {
      throw error(
        .badFixup,
        "__local_fixups__ speaks of a property that the overlay hasn't: "
          + "\(sanitised(arena.path(of: node))) has no '\(sanitised(list.name))'",
        node: fixup, slot: index)
    }
    for position in stride(from: 0, to: list.value.bytes.count, by: 4) {
      let value = arena.entries[node].slots[slot].property.value
      guard let offset = list.value.cell(at: position).map(Int.init),
        let phandle = value.cell(at: offset)
      else {
        throw error(
          .badFixup,
          "an offset of '\(sanitised(list.name))' lies outside the value of "
            + "\(value.bytes.count) bytes", node: fixup, slot: index)
      }
      let (moved, overflows) = phandle.addingReportingOverflow(delta)
      guard !overflows, moved != .max else {
        throw error(
          .badPhandle,
          "the reference \(hex(phandle)) in '\(sanitised(list.name))' can't move behind the base's "
            + "phandles, which go up to \(hex(delta))", node: node, slot: slot)
      }
      _ = arena.write(moved, at: offset, slot: slot, of: node)
      localPlaces.append(Place(node: node, slot: slot, offset: offset))
    }
  }
}
