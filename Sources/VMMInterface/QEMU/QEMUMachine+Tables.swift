public import GuestView

extension QEMUMachine {
  /// What the devices offer, each at its device in the tables that `view` looks at, or at its PCI host.
  ///
  /// - Throws: ``CommandLineError`` for a device that the tables have no device for.
  public func features(in view: TablesView) throws(CommandLineError) -> DeviceFeatures {
    var found: [DeviceFeatures.Device] = []
    for device in devices {
      let type = UInt32(clamping: device.deviceID)
      switch device.place {
      case .slot(let slot):
        guard let address = board?.address(ofSlot: slot),
          let own = view.devices.first(where: {
            $0.isVirtioMMIO && $0.memory.first?.range?.first == address
          })
        else {
          throw CommandLineError(
            "-device \(device.model): the tables have no device for the window \(slot) of virtio-mmio"
          )
        }
        found.append(.init(node: own.path, type: type, featureBits: device.features))
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
    _ requesterID: UInt16, _ device: QEMUDevice, _ view: TablesView
  ) throws(CommandLineError) -> DeviceFeatures.Device {
    .init(
      node: try host(of: device, view).device.path, requesterID: requesterID,
      type: UInt32(clamping: device.deviceID), featureBits: device.features)
  }

  private func host(
    of device: QEMUDevice, _ view: TablesView
  ) throws(CommandLineError) -> TablePCIHost {
    guard let host = view.pciHosts.first(where: { $0.device.isPresent }) else {
      throw CommandLineError("-device \(device.model): the tables have no PCI host")
    }
    return host
  }

  /// The number of the bus behind `bridge`, or any where an IOMMU is in front of all buses or of none: it decides
  /// nothing then.
  private func bus(
    behind bridge: String, of device: QEMUDevice, _ view: TablesView
  ) throws(CommandLineError) -> UInt16 {
    if let number = busNumbers[bridge] { return UInt16(number) }
    let host = try host(of: device, view)
    let iommus = Set((UInt16(0)...255).map { view.iommu(ofFunction: $0 << 8, of: host) })
    guard iommus.count == 1 else {
      throw CommandLineError(
        "-device \(device.model): behind a bridge, whose bus number isn't known before the guest has set it, "
          + "and the tables put an IOMMU in front of some buses and not of others")
    }
    let number = 1 + (bridges.firstIndex(of: bridge) ?? 0)
    guard number < 256 else {
      throw CommandLineError("-device \(device.model): more bridges than there are bus numbers")
    }
    return UInt16(number)
  }
}
