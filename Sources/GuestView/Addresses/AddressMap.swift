import DeviceTree

/// Who claims which guest-physical addresses.
public struct AddressMap: Sendable {
  /// All claims by enabled nodes, by address; of those that start together the longest first, then
  /// by kind and in document order.
  public let claims: [Claim]

  init(
    topology: Topology, memory: [MemoryBank], reservedMemory: ReservedMemory?,
    initialRAMDisk: InitialRAMDisk?
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
    for reservation in topology.tree.memoryReservations {
      guard let range = AddressRange(at: reservation.address, size: reservation.size) else {
        continue
      }
      claims.append(Claim(range, reservation: reservation))
    }
    if let disk = initialRAMDisk {
      claims.append(
        Claim(disk.range, .initialRAMDisk, disk.start, cells: 0..<disk.start.cellCount))
    }
    Self.appendDevices(to: &claims, topology)
    self.claims = claims.enumerated().sorted {
      ($0.element.range, $0.element.kind, $0.offset)
        < ($1.element.range, $1.element.kind, $1.offset)
    }.map(\.element)
  }

  /// The claims of some kinds, by address.
  public func claims(_ kinds: Claim.Kind...) -> [Claim] {
    claims.filter { kinds.contains($0.kind) }
  }

  private static func appendDevices(to claims: inout [Claim], _ topology: Topology) {
    var notDevices = 0
    for node in topology.tree.nodes where node.index >= notDevices {
      let isRootChild = node.parent?.index == 0
      if isRootChild, !holdsDevices(node) {
        notDevices = node.index + 1 + node.descendants.count
        continue
      }
      guard topology[node].isEnabled else { continue }
      for register in topology.registers(of: node) {
        guard let range = register.range else { continue }
        claims.append(Claim(range, .deviceWindow, register.property, cells: register.cells))
      }
      if topology.isPCIHost(node) { appendWindows(of: node, to: &claims, topology) }
    }
  }

  /// Children of the root whose `reg` is no device's, or in which there is none.
  private static func holdsDevices(_ node: FlattenedTree.Node) -> Bool {
    let name = node.baseName
    if ["chosen", "cpus", "aliases", "reserved-memory"].contains(name) { return false }
    return !(node.property("device_type")?.isString("memory") ?? false)
  }

  /// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; Linux `drivers/pci/of.c`.
  private static func appendWindows(
    of host: FlattenedTree.Node, to claims: inout [Claim], _ topology: Topology
  ) {
    guard let property = host.property("ranges"), let above = host.parent else { return }
    let child = topology[host].cells
    let parentCells = topology[above].cells.address
    guard child.isTranslatable, (1...4).contains(parentCells) else { return }
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
