import DeviceTree

/// Who claims which guest-physical addresses.
public struct AddressMap: Sendable {
  /// All claims by enabled nodes, by address; of those that start together the longest first, then
  /// by kind and in document order.
  public let claims: [Claim]

  init(
    topology: Topology, enabledRegisters: PropertyIndex.Matches, memory: [MemoryBank],
    reservedMemory: ReservedMemory?, initialRAMDisk: InitialRAMDisk?, pciHosts: [PCIHost]
  ) {
    var claims = memory.map { Claim($0.range, .memory, $0.property, cells: $0.cells) }
    for region in reservedMemory?.regions ?? [] {
      guard let reg = region.node.property("reg"), topology[region.node].isAvailable else {
        continue
      }
      for entry in region.entries {
        claims.append(Claim(entry.range, .reservedRegion, reg, cells: entry.cells))
      }
    }
    for (index, reservation) in topology.tree.memoryReservations.enumerated() {
      guard let range = AddressRange(at: reservation.address, size: reservation.size) else {
        continue
      }
      claims.append(Claim(range, reservation: index, of: topology.tree))
    }
    if let disk = initialRAMDisk {
      claims.append(
        Claim(disk.range, .initialRAMDisk, disk.start, cells: 0..<disk.start.cellCount))
    }
    let others = Self.withoutDevices(topology.tree)
    Self.appendDevices(enabledRegisters, others, to: &claims, topology)
    for host in pciHosts
    where host.isEnabled && !others.contains(where: { $0.holds(host.node.index) }) {
      Self.appendWindows(of: host.node, to: &claims, topology)
    }
    self.claims = Self.sorted(claims)
  }

  private static func sorted(_ claims: [Claim]) -> [Claim] {
    struct Key {
      let range: AddressRange
      let kind: Claim.Kind
      let position: Int
    }
    // Keys are moved around, claims once.
    var keys: [Key] = []
    keys.reserveCapacity(claims.count)
    for position in claims.indices {
      keys.append(
        Key(range: claims[position].range, kind: claims[position].kind, position: position))
    }
    keys.sort { left, right in
      if left.range != right.range { return left.range < right.range }
      if left.kind != right.kind { return left.kind < right.kind }
      return left.position < right.position
    }
    return keys.map { claims[$0.position] }
  }

  /// The claims of some kinds, by address.
  public func claims(_ kinds: Claim.Kind...) -> [Claim] {
    var wanted: [Claim] = []
    for position in claims.indices where kinds.contains(claims[position].kind) {
      wanted.append(claims[position])
    }
    return wanted
  }

  private static func appendDevices(
    _ registers: PropertyIndex.Matches, _ others: [Subtree], to claims: inout [Claim],
    _ topology: Topology
  ) {
    let tree = topology.tree
    // Both are in document order.
    var upcoming = others[...]
    for position in registers.positions {
      let property = tree.properties[Int(position)]
      let node = tree.node(ofPropertyAt: property.index)
      while let other = upcoming.first, other.end <= node { upcoming.removeFirst() }
      if let other = upcoming.first, other.holds(node) { continue }
      topology.visitRegisters(property) { cells, range in
        claims.append(Claim(range, .deviceWindow, tree, property: property.index, cells: cells))
      }
    }
  }

  /// The positions of a node and of all below it.
  private struct Subtree {
    let first: Int
    let end: Int

    func holds(_ position: Int) -> Bool { first <= position && position < end }
  }

  /// The children of the root whose `reg` is no device's, or in which there is none.
  private static func withoutDevices(_ tree: FlattenedTree) -> [Subtree] {
    var subtrees: [Subtree] = []
    for child in tree.root.children where !holdsDevices(child) {
      subtrees.append(Subtree(first: child.index, end: tree.subtreeEnd(ofNodeAt: child.index)))
    }
    return subtrees
  }

  private static func holdsDevices(_ node: FlattenedTree.Node) -> Bool {
    for name in ["chosen", "cpus", "aliases", "reserved-memory"] where node.hasBaseName(name) {
      return false
    }
    return !(node.property("device_type")?.isString("memory") ?? false)
  }

  /// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; Linux `drivers/pci/of.c`.
  private static func appendWindows(
    of host: FlattenedTree.Node, to claims: inout [Claim], _ topology: Topology
  ) {
    guard let property = host.property("ranges"), let above = host.parent else { return }
    let child = topology[host].cells
    let parentCells = topology[above].cells.address
    // A host with other cells has no windows, and the cells are what is wrong.
    guard child == CellCounts(address: 3, size: 2), (1...4).contains(parentCells) else { return }
    let stride = child.address + parentCells + child.size
    for index in 0..<(property.cellCount / stride) {
      let first = index * stride
      let address = property.number(at: first + child.address, cells: parentCells)
      let size = property.number(at: first + child.address + parentCells, cells: child.size)
      if let range = try? topology.translate(address, size: size, on: above).get() {
        claims.append(Claim(range, .pciWindow, property, cells: first..<(first + stride)))
      }
    }
  }
}
