extension MergeDraft {
  /// Gives phandles to nodes that are referred to and have none: numbers behind the base's, in the
  /// order of the description.
  mutating func numberNodes(_ references: [TreeReference], stated: Set<String>) {
    var wanted: Set<Int> = []
    for reference in references where reference.kind == .phandle {
      if let target = ours.node(at: reference.target) { wanted.insert(target) }
    }
    for node in ours.entries.indices where ours.phandle(of: node) != nil { wanted.insert(node) }
    var taken: Set<UInt32> = []
    for node in ours.documentOrder where stated.contains(ours.path(of: node)) {
      guard let phandle = ours.phandle(of: node), let place = counterparts[node] else { continue }
      let owner = base.node(phandle: phandle)
      let other = place < base.entries.count ? base.phandle(of: place) : nil
      if let owner, owner != place {
        conflict(.phandle(phandle, base: base.path(of: owner)), at: node)
      } else if let other, other != phandle {
        conflict(.phandle(phandle, base: base.path(of: place)), at: node)
      }
      taken.insert(phandle)
      setPhandle(phandle, of: place)
      wanted.remove(node)
    }
    var next = base.largestPhandle
    for node in ours.documentOrder where wanted.contains(node) {
      guard let place = counterparts[node] else { continue }
      if place < base.entries.count, base.phandle(of: place) != nil { continue }
      repeat {
        next = next >= .max - 1 ? 1 : next + 1
      } while taken.contains(next)
        || base.node(phandle: next) != nil
      setPhandle(next, of: place)
    }
  }

  private mutating func setPhandle(_ phandle: UInt32, of place: Int) {
    merged.set(Property("phandle", .u32(phandle)), of: place)
    if merged.slot("linux,phandle", of: place) != nil {
      merged.set(Property("linux,phandle", .u32(phandle)), of: place)
    }
  }

  /// Lets every reference name the node of the merged tree.
  mutating func rewrite(_ references: [TreeReference]) {
    let overridden = Set(overridden)
    for reference in references {
      guard let node = ours.node(at: reference.node), let place = counterparts[node],
        let target = ours.node(at: reference.target).flatMap({ counterparts[$0] }),
        let slot = merged.slot(reference.property, of: place)
      else { continue }
      // What was left as the base has it refers to what the base means.
      let isNew = place >= base.entries.count || slot >= base.entries[place].slots.count
      guard isNew || overridden.contains(Place(node: place, slot: slot)) else { continue }
      switch reference.kind {
      case .path:
        merged.set(
          Property(reference.property, .string(merged.path(of: target))), of: place)
      case .phandle:
        guard let phandle = merged.phandle(of: target) else { continue }
        _ = merged.write(phandle, at: reference.offset, slot: slot, of: place)
      }
      var moved = reference
      moved.node = merged.path(of: place)
      moved.target = merged.path(of: target)
      self.references.append(moved)
    }
  }

  /// Notes what the base had otherwise, now that references mean the same in both.
  mutating func noteReplaced() {
    for place in overridden {
      let before = base.entries[place.node].slots[place.slot].property
      let after = merged.entries[place.node].slots[place.slot].property
      guard before.value != after.value else { continue }
      replaced.append(
        ReplacedProperty(
          node: merged.path(of: place.node), property: before.name, before: before.value,
          after: after.value))
    }
  }
}
