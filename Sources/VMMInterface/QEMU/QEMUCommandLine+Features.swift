import DeviceTree
public import GuestView
import PlatformDescription

extension QEMUCommandLine {
  /// What the devices of the command line offer, each at its node in the tree that `view` looks at.
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
        guard let host = view.dmaDevices.first(where: { $0.kind == .pciHost }) else {
          throw CommandLineError("-device \(device.model): the tree has no enabled PCI host")
        }
        let own = view.dmaDevices.first {
          $0.kind == .pciFunction && $0.requesterID == requesterID && $0.node.parent == host.node
        }
        found.append(
          .init(
            node: (own ?? host).node.path, requesterID: own == nil ? requesterID : nil, type: type,
            featureBits: device.features))
      }
    }
    return DeviceFeatures(devices: found)
  }

  private static func address(of device: DMADevice, _ view: GuestView) -> UInt64? {
    view.registers(of: device.node).first?.range?.first
  }
}
