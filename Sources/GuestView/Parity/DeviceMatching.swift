import ACPI
import DeviceTree

/// Which devices of a tree and of tables are the same: those at one address, and of what is left then those
/// of one kind, in their order, where there are as many of each.
struct DeviceMatching {
  private(set) var pairs: [DevicePair] = []
  private(set) var loneNodes: [NodeWithWindow] = []
  private(set) var loneDevices: [DeviceWithWindow] = []

  /// What only tables have, since a tree has no use for it: buttons, events, containers, slots of memory.
  private static let ofTablesAlone = [
    "ACPI0004", "ACPI0007", "ACPI0011", "ACPI0012", "ACPI0013", "ACPI0016", "ACPI0017", "PNP0A05",
    "PNP0A06", "PNP0C0C", "PNP0C0F", "PNP0C80",
  ]

  init(_ tree: GuestView, _ tables: TablesView) {
    let nodes = Self.nodes(of: tree)
    let devices = Self.devices(of: tables)
    var byBase: [UInt64: DeviceWithWindow] = [:]
    for device in devices where byBase[device.range.first] == nil {
      byBase[device.range.first] = device
    }
    var taken: Set<Int> = []
    for node in nodes {
      if let device = byBase[node.range.first], taken.insert(device.device.index).inserted {
        pairs.append(
          DevicePair(
            role: node.role.isKnown ? node.role : device.role, node: node, device: device))
      } else {
        loneNodes.append(node)
      }
    }
    // What stands in the other description in whatever way is none that it lacks.
    let known = tables.claims.map(\.range) + Self.reservations(of: tables) + Self.consoles(tables)
    let inTables = RangeSet(known)
    let inTree = RangeSet(tree.addressMap.claims(.deviceWindow, .pciWindow).map(\.range))
    loneNodes.removeAll { inTables.overlaps($0.range) }
    loneDevices = devices.filter { device in
      !taken.contains(device.device.index) && !inTree.overlaps(device.range)
    }
    pairInOrder()
  }

  private mutating func pairInOrder() {
    var nodes: [DeviceRole: [Int]] = [:]
    for (index, node) in loneNodes.enumerated() where node.role.isKnown {
      nodes[node.role, default: []].append(index)
    }
    var devices: [DeviceRole: [Int]] = [:]
    for (index, device) in loneDevices.enumerated() where device.role.isKnown {
      devices[device.role, default: []].append(index)
    }
    var usedNodes: Set<Int> = []
    var usedDevices: Set<Int> = []
    for (index, node) in loneNodes.enumerated() where nodes[node.role]?.first == index {
      guard let own = nodes[node.role], let others = devices[node.role], own.count == others.count
      else { continue }
      for (one, other) in zip(own, others) {
        pairs.append(
          DevicePair(role: node.role, node: loneNodes[one], device: loneDevices[other]))
        usedNodes.insert(one)
        usedDevices.insert(other)
      }
    }
    loneNodes = loneNodes.enumerated().filter { !usedNodes.contains($0.offset) }.map(\.element)
    loneDevices = loneDevices.enumerated().filter { !usedDevices.contains($0.offset) }
      .map(\.element)
  }

  /// The devices with registers, by address: no controllers of interrupts, IOMMUs, or parts of PCI, which are
  /// looked for where tables have them.
  private static func nodes(of view: GuestView) -> [NodeWithWindow] {
    var seen: Set<Int> = []
    return view.addressMap.claims(.deviceWindow).compactMap { claim in
      guard let property = claim.property, claim.cells.lowerBound == 0 else { return nil }
      let node = property.node
      guard !view.isPCI(node), !node.has("interrupt-controller") || DeviceRole(node).isKnown,
        !node.has("msi-controller"), IOMMUKind(node) == nil, node.has("compatible"),
        seen.insert(node.index).inserted
      else { return nil }
      return NodeWithWindow(
        node: node, role: DeviceRole(node), property: property, cells: claim.cells,
        range: claim.range)
    }
  }

  private static func devices(of view: TablesView) -> [DeviceWithWindow] {
    view.devices.compactMap { device in
      guard device.isPresent, !device.isConditional, !device.isReservation, !device.isPCIHost,
        !ofTablesAlone.contains(where: { device.isAny(of: $0) }),
        let window = device.memory.first, let range = window.range
      else { return nil }
      return DeviceWithWindow(
        device: device, role: DeviceRole(device), window: window, range: range)
    }
  }

  private static func reservations(of view: TablesView) -> [AddressRange] {
    view.devices.flatMap { $0.isReservation ? $0.memory.compactMap(\.range) : [] }
  }

  /// A console may be told of by a table of its own alone.
  private static func consoles(_ view: TablesView) -> [AddressRange] {
    guard let register = view.spcr?.content?.register, register.space == .systemMemory else {
      return []
    }
    return [AddressRange(at: register.address, size: 1)].compactMap(\.self)
  }
}
