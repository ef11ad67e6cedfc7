public import GuestView

extension QEMUMachine {
  /// What the devices offer, each at its device in the tables that `view` looks at, or at its PCI host.
  ///
  /// - Throws: ``CommandLineError`` for a device that the tables have no device for.
  public func features(in view: TablesView) throws(CommandLineError) -> DeviceFeatures {
    try features(
      lacking: "the tables have no device",
      atWindow: { address in
        view.devices.first { $0.isVirtioMMIO && $0.memory.first?.range?.first == address }?.path
      },
      function: { id, device throws(CommandLineError) in try function(id, device, view) },
      busBehind: { bridge, device throws(CommandLineError) in
        try bus(behind: bridge, of: device, view)
      })
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

  /// A number for the bus behind `bridge`, which nobody has numbered: any where an IOMMU is in front of all buses or of none: it decides
  /// nothing then.
  private func bus(
    behind bridge: String, of device: QEMUDevice, _ view: TablesView
  ) throws(CommandLineError) -> UInt16 {
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
