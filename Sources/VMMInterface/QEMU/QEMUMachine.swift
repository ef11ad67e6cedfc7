import DeviceTree
public import GuestView

/// The virtio devices of a machine of QEMU, whoever told of them.
public struct QEMUMachine: Sendable, Hashable {
  /// The devices.
  public var devices: [QEMUDevice]
  /// The board; nil for one that isn't known here.
  public var board: QEMUBoard?
  /// The numbers of buses behind bridges, by what QEMU calls them; empty where nobody has given them any.
  public var busNumbers: [String: UInt8] = [:]

  /// A machine.
  public init(devices: [QEMUDevice], board: QEMUBoard?) {
    self.devices = devices
    self.board = board
  }

  /// What the devices offer, each at its node in the tree that `view` looks at.
  ///
  /// - Throws: ``CommandLineError`` for a device that the tree has no node for.
  public func features(in view: GuestView) throws(CommandLineError) -> DeviceFeatures {
    try features(
      lacking: "the tree has no enabled node",
      atWindow: { address in
        view.virtioMMIO.first { Self.address(of: $0, view) == address }?.node.path
      },
      function: { id, device throws(CommandLineError) in try function(id, device, view) },
      busBehind: { bridge, device throws(CommandLineError) in
        try bus(behind: bridge, of: device, view)
      })
  }

  /// What the devices offer, each where it is found.
  ///
  /// - Parameters:
  ///   - lack: What is said of a window that nothing is found at: `the tree has no enabled node`.
  ///   - window: The path of the virtio-mmio device whose registers are at an address.
  ///   - function: A function of PCI by its requester ID.
  ///   - bus: The number of the bus behind a bridge that nobody has numbered.
  /// - Returns: The devices, in their order.
  /// - Throws: ``CommandLineError`` for a device that isn't found.
  func features(
    lacking lack: String, atWindow window: (UInt64) -> String?,
    function: (UInt16, QEMUDevice) throws(CommandLineError) -> DeviceFeatures.Device,
    busBehind bus: (String, QEMUDevice) throws(CommandLineError) -> UInt16
  ) throws(CommandLineError) -> DeviceFeatures {
    var found: [DeviceFeatures.Device] = []
    for device in devices {
      switch device.place {
      case .slot(let slot):
        guard let path = board?.address(ofSlot: slot).flatMap(window) else {
          throw CommandLineError(
            "-device \(device.model): \(lack) for the window \(slot) of virtio-mmio")
        }
        found.append(
          .init(
            node: path, type: UInt32(clamping: device.deviceID), featureBits: device.features))
      case .function(let requesterID): found.append(try function(requesterID, device))
      case .behindBridge(let bridge, let number):
        let own: UInt16
        if let known = busNumbers[bridge] {
          own = UInt16(known)
        } else {
          own = try bus(bridge, device)
        }
        found.append(try function(own << 8 | number, device))
      }
    }
    return DeviceFeatures(devices: found)
  }

  private func function(
    _ requesterID: UInt16, _ device: QEMUDevice, _ view: GuestView
  ) throws(CommandLineError) -> DeviceFeatures.Device {
    let host = try host(of: device, view)
    let own = view.dmaDevices.first {
      $0.kind == .pciFunction && $0.requesterID == requesterID && $0.node.parent == host.node
    }
    return .init(
      node: (own ?? host).node.path, requesterID: own == nil ? requesterID : nil,
      type: UInt32(clamping: device.deviceID), featureBits: device.features)
  }

  private func host(
    of device: QEMUDevice, _ view: GuestView
  ) throws(CommandLineError) -> DMADevice {
    guard let host = view.dmaDevices.first(where: { $0.kind == .pciHost }) else {
      throw CommandLineError("-device \(device.model): the tree has no enabled PCI host")
    }
    return host
  }

  /// A number for the bus behind `bridge`, which nobody has numbered: any where an IOMMU is in front of all buses or of none: it decides
  /// nothing then.
  private func bus(
    behind bridge: String, of device: QEMUDevice, _ view: GuestView
  ) throws(CommandLineError) -> UInt16 {
    let node = try host(of: device, view).node
    let host = view.pciHosts.first { $0.node == node }
    if let map = host?.iommuMap {
      let iommus = Set((UInt16(0)...255).map { map.row(for: $0 << 8)?.target?.index })
      guard iommus.count == 1 else {
        throw CommandLineError(
          "-device \(device.model): behind a bridge, whose bus number isn't known before the guest has set it, "
            + "and iommu-map puts an IOMMU in front of some buses and not of others")
      }
    }
    let index = bridges.firstIndex(of: bridge) ?? 0
    let number = Int(host?.buses.lowerBound ?? 0) + 1 + index
    guard number < 256 else {
      throw CommandLineError("-device \(device.model): more bridges than there are bus numbers")
    }
    return UInt16(number)
  }

  /// The bridges with devices behind them, each once.
  public var bridges: [String] {
    let names = devices.compactMap { device in
      if case .behindBridge(let name, _) = device.place { name } else { nil }
    }
    return Set(names).sorted()
  }

  private static func address(of device: DMADevice, _ view: GuestView) -> UInt64? {
    view.registers(of: device.node).first?.range?.first
  }
}

extension QEMUCommandLine {
  /// What the devices of the command line offer, each at its node in the tree that `view` looks at.
  ///
  /// - Throws: ``CommandLineError`` for a device that the tree has no node for.
  public func features(in view: GuestView) throws(CommandLineError) -> DeviceFeatures {
    try QEMUMachine(devices: devices, board: board).features(in: view)
  }
}
