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
    var found: [DeviceFeatures.Device] = []
    for device in devices {
      let type = UInt32(clamping: device.deviceID)
      switch device.place {
      case .slot(let slot):
        guard let address = board?.address(ofSlot: slot),
          let node = view.virtioMMIO.first(where: { Self.address(of: $0, view) == address })?.node
        else {
          throw CommandLineError(
            "-device \(device.model): the tree has no enabled node for the window \(slot) of virtio-mmio"
          )
        }
        found.append(.init(node: node.path, type: type, featureBits: device.features))
      case .function(let requesterID):
        found.append(try function(requesterID, device, view))
      case .behindBridge(let bridge, let function):
        let bus = try bus(behind: bridge, of: device, view)
        found.append(try self.function(bus << 8 | function, device, view))
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

  /// The number of the bus behind `bridge`, or any where an IOMMU is in front of all buses or of none: it decides
  /// nothing then.
  private func bus(
    behind bridge: String, of device: QEMUDevice, _ view: GuestView
  ) throws(CommandLineError) -> UInt16 {
    if let number = busNumbers[bridge] { return UInt16(number) }
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
