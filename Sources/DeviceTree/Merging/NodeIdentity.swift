/// What tells which device a node stands for, whatever the node is called.
struct NodeIdentity {
  /// Nodes that a machine has one of, and that have no address: what they are compatible with.
  ///
  /// **Source:** kernel bindings `arm/psci.yaml`, `timer/arm,arch_timer.yaml`,
  /// `timer/riscv,timer.yaml`.
  private static let singletons: [(role: String, compatible: Set<String>)] = [
    ("the firmware's interface", ["arm,psci", "arm,psci-0.2", "arm,psci-1.0"]),
    ("the timer", ["arm,armv8-timer", "arm,armv7-timer"]),
    ("the timer", ["riscv,timer"]),
  ]

  /// The strings of `compatible`.
  let compatible: Set<String>
  /// The value of `device_type`.
  let deviceType: String?
  /// The unit address, or the first address of `reg`.
  let address: UInt64?
  /// The unit address as it is written.
  let unitAddress: String?

  /// The identity of `node`, whose `reg` has addresses of this many cells.
  init(_ entry: TreeArena.Entry, addressCells: UInt32) {
    func value(_ name: String) -> PropertyValue? {
      entry.slots.first { $0.property.name == name }?.property.value
    }
    compatible = Set(value("compatible")?.strings ?? [])
    deviceType = value("device_type")?.text
    unitAddress = entry.name.firstIndex(of: "@").map {
      String(entry.name[entry.name.index(after: $0)...])
    }
    let first = value("reg").flatMap { Self.firstAddress($0, cells: addressCells) }
    // QEMU numbers processors in decimal, whatever their reg is.
    address = deviceType == "cpu" ? first : unitAddress.flatMap { UInt64($0, radix: 16) } ?? first
  }

  /// The number in the first cells of a `reg`.
  private static func firstAddress(_ reg: PropertyValue, cells: UInt32) -> UInt64? {
    switch cells {
    case 1: return reg.cell(at: 0).map(UInt64.init)
    case 2:
      guard let high = reg.cell(at: 0), let low = reg.cell(at: 4) else { return nil }
      return UInt64(high) << 32 | UInt64(low)
    default: return nil
    }
  }

  /// Whether both stand at one address.
  private func isAtAddress(of other: NodeIdentity) -> Bool {
    if let address, let another = other.address { return address == another }
    guard let unitAddress else { return false }
    return unitAddress == other.unitAddress
  }

  /// Whether both could be one device: they are compatible with something both name, or are of one
  /// type and say no more.
  func isOfKind(of other: NodeIdentity) -> Bool {
    if !compatible.isDisjoint(with: other.compatible) { return true }
    if let deviceType, deviceType == other.deviceType { return true }
    return singleton != nil && singleton == other.singleton
  }

  private var singleton: String? {
    guard address == nil else { return nil }
    return Self.singletons.first { !$0.compatible.isDisjoint(with: compatible) }?.role
  }

  /// How `other`, another node's identity under the same parent, is seen to be the same device.
  func match(_ other: NodeIdentity) -> NodeMatch.Means? {
    if deviceType == "cpu" || other.deviceType == "cpu" {
      return deviceType == other.deviceType && address == other.address && address != nil
        ? .processor : nil
    }
    if isAtAddress(of: other), isOfKind(of: other) { return .address }
    if let singleton, singleton == other.singleton { return .role(singleton) }
    return nil
  }
}
