extension OverlayDraft {
  mutating func writeReferences() {
    for (reference, node, target) in emitted {
      guard let place = places[node], let slot = output.slot(reference.property, of: place) else {
        continue
      }
      if let own = places[target].flatMap({ output.phandle(of: $0) }) {
        _ = output.write(own, at: reference.offset, slot: slot, of: place)
        local.append((place, reference.property, reference.offset))
        continue
      }
      switch baseName(of: target) {
      case .label(let label)?:
        _ = output.write(.max, at: reference.offset, slot: slot, of: place)
        fill(reference.property, at: reference.offset, of: place, from: label)
      case .phandle(let phandle)?:
        _ = output.write(phandle, at: reference.offset, slot: slot, of: place)
        numbered.append(reference)
      case nil: break
      }
    }
  }

  mutating func fill(_ property: String, at offset: Int, of node: Int, from label: String) {
    let fixup = Fixup(path: output.path(of: node), property: property, offset: offset)
    if let position = fixups.firstIndex(where: { $0.label == label }) {
      fixups[position].places.append(fixup)
    } else {
      fixups.append((label, [fixup]))
    }
  }

  mutating func writeBookkeeping(symbols own: [(label: String, node: Int)]) {
    if !own.isEmpty {
      let symbols = output.addChild(OverlayNames.symbols, to: 0)
      for (label, node) in own {
        guard let place = places[node] else { continue }
        output.set(Property(label, .string(output.path(of: place))), of: symbols)
      }
    }
    if !fixups.isEmpty {
      let node = output.addChild(OverlayNames.fixups, to: 0)
      for (label, places) in fixups {
        output.set(Property(label, .strings(places.map(\.text))), of: node)
      }
    }
    if !local.isEmpty { writeLocalFixups() }
  }

  /// Mirrors the nodes of the output that refer to others of it, down to the properties, whose values
  /// are the offsets of the phandles.
  private mutating func writeLocalFixups() {
    let root = output.addChild(OverlayNames.localFixups, to: 0)
    for (node, property, offset) in local {
      var mirror = root
      for name in output.path(of: node).split(separator: "/").map(String.init) {
        mirror = output.child(name, of: mirror) ?? output.addChild(name, to: mirror)
      }
      let before = output.value(property, of: mirror) ?? .empty
      let cell = PropertyValue.u32(UInt32(clamping: offset))
      output.set(Property(property, PropertyValue(bytes: before.bytes + cell.bytes)), of: mirror)
    }
  }
}
