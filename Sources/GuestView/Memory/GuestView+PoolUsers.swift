import DeviceTree

extension GuestView {
  /// The devices that each restricted pool serves, by the index of its node, each once: those with a node in the
  /// order of the tree, then PCI functions that have none.
  public var poolUsers: [Int: [DMADevice]] {
    var users: [Int: [DMADevice]] = [:]
    for device in dmaDevices + hiddenFunctions {
      guard let pool = device.effectivePool?.target else { continue }
      users[pool.index, default: []].append(device)
    }
    return users
  }
}
