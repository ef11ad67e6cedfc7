extension MergeDraft {
  /// Brings the properties and nodes of the description into the merged tree.
  mutating func mergeNodes(defaults: Set<TreeMerge.Default>) {
    for node in ours.documentOrder {
      if let place = counterparts[node] {
        mergeProperties(of: node, into: place, defaults)
        continue
      }
      // A child of what couldn't be matched has no place either.
      guard let parent = counterparts[ours.entries[node].parent] else { continue }
      let entry = ours.entries[node]
      let isInside = parent >= base.entries.count
      let place = merged.addChild(entry.name, to: parent)
      counterparts[node] = place
      for slot in entry.slots {
        merged.set(recoded(slot.property, of: node, at: place), of: place)
      }
      if !isInside { added.append(merged.path(of: place)) }
    }
  }

  private mutating func mergeProperties(
    of node: Int, into place: Int, _ defaults: Set<TreeMerge.Default>
  ) {
    let path = ours.path(of: node)
    for slot in ours.entries[node].slots {
      let name = slot.property.name
      if TreeComparison.isPhandle(name) { continue }
      let before = base.value(name, of: place)
      if name.hasPrefix("#"), name.hasSuffix("-cells"), let count = slot.property.value.u32 {
        guard let kept = keepCells(name, count, of: node, at: place, before) else { continue }
        if kept { continue }
      }
      if before != nil, defaults.contains(.init(node: path, property: name)) { continue }
      if name == "compatible", let before,
        Set(before.strings).isSuperset(of: slot.property.value.strings)
      {
        // The base says so already, and perhaps more.
        continue
      }
      merged.set(recoded(slot.property, of: node, at: place), of: place)
      if before != nil, let position = merged.slot(name, of: place) {
        overridden.append(Place(node: place, slot: position))
      }
    }
  }

  /// Whether the base's count of cells stays; nil where it is in the way.
  private mutating func keepCells(
    _ name: String, _ count: UInt32, of node: Int, at place: Int, _ before: PropertyValue?
  ) -> Bool? {
    // Devicetree Specification 0.4, section 2.3.5, for the counts that need not be stated.
    let implied: UInt32? = name == "#address-cells" ? 2 : name == "#size-cells" ? 1 : nil
    let was = before.map(\.u32) ?? implied
    if was == count { return before != nil }
    if before == nil, implied == nil { return false }
    // Of a processor all that has cells is its number, which can be written in any.
    if isProcessors(node), name == "#address-cells" { return true }
    conflict(
      .cells(base: base.path(of: place), property: name, was: was, is: count), at: node)
    return nil
  }

  private func isProcessors(_ node: Int) -> Bool {
    ours.entries[node].parent == 0 && ours.entries[node].name == "cpus"
  }

  /// The property as it has to be in the merged tree: the `reg` of a processor in the base's cells.
  private mutating func recoded(_ property: Property, of node: Int, at place: Int) -> Property {
    let parent = ours.entries[node].parent
    guard property.name == "reg", parent >= 0, isProcessors(parent),
      ours.value("device_type", of: node)?.text == "cpu",
      let before = ours.value("#address-cells", of: parent)?.u32,
      let cells = base.value("#address-cells", of: merged.entries[place].parent)?.u32,
      cells != before
    else { return property }
    let bytes = property.value.bytes
    if bytes.count == 4, cells == 2 {
      return Property("reg", PropertyValue(bytes: [0, 0, 0, 0] + bytes))
    }
    if bytes.count == 8, cells == 1, bytes.prefix(4).allSatisfy({ $0 == 0 }) {
      return Property("reg", PropertyValue(bytes: Array(bytes.suffix(4))))
    }
    conflict(.processor(base: merged.path(of: place), cells: cells), at: node)
    return property
  }

  /// Takes away what the description says is not there, once nothing counts on the places of properties.
  mutating func leaveOut(_ omissions: Set<TreeMerge.Default>) {
    if omissions.isEmpty { return }
    for node in ours.documentOrder {
      guard let place = counterparts[node], place < base.entries.count else { continue }
      let path = ours.path(of: node)
      for slot in base.entries[place].slots {
        let name = slot.property.name
        guard omissions.contains(.init(node: path, property: name)),
          merged.remove(name, of: place)
        else { continue }
        omitted.append(
          OmittedProperty(
            node: merged.path(of: place), property: name, before: slot.property.value))
      }
    }
  }
}
