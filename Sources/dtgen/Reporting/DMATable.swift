import DeviceTree
import GuestView
import PlatformDescription
import PlatformLowering

/// Which device may DMA where, through what, and why: the confinement of one guest.
struct DMATable: Sendable {
  /// One device.
  struct Row: Sendable {
    /// The path of the node.
    var path: String
    /// The name of the node.
    var name: String
    /// What it is: `virtio block (slot 3)`, where a description says, else `virtio,mmio`.
    var type: String
    /// Whether it is a single VirtIO device or a PCI host, for all functions below it.
    var kind: DMADevice.Kind
    /// The VirtIO device ID; nil where nobody told.
    var deviceID: Int?
    /// The slot of the machine; nil where there is none.
    var slot: Int?
    /// The feature bits that the device offers; nil where nobody told.
    var features: [Int]?
    /// Where it may DMA.
    var outcome: DMAOutcome
  }

  /// The devices, in document order.
  let rows: [Row]

  /// The devices of `view` but those in `windows`, with what the description says of them where there
  /// is one.
  init(_ view: GuestView, lowered: LoweredMachine? = nil, without windows: Set<String> = []) {
    rows = view.dmaDevices.compactMap { device in
      let path = device.node.path
      if windows.contains(path) { return nil }
      let described = lowered?.devices.first { $0.path == path }
      return Row(
        path: path, name: device.node.name, type: Self.type(of: device, described),
        kind: device.kind,
        deviceID: described?.deviceID ?? device.features.map { Int(clamping: $0.type) },
        slot: described?.slot,
        features: described?.features.map(\.bit) ?? device.features?.featureBits,
        outcome: device.outcome)
    }
  }

  private static func type(of device: DMADevice, _ described: LoweredDevice?) -> String {
    if let described {
      let name = VirtioDevice.typeName(of: described.deviceID)
      return described.slot.map { "\(name) (slot \($0))" } ?? name
    }
    if let features = device.features {
      return VirtioDevice.typeName(of: Int(clamping: features.type))
    }
    return device.node.property("compatible")?.strings?.first ?? ""
  }

  /// How many devices are confined, may reach everything, and don't come up.
  var counts: (confined: Int, open: Int, absent: Int) {
    rows.reduce(into: (0, 0, 0)) { counts, row in
      switch row.outcome {
      case .restrictedPool, .iommu: counts.0 += 1
      case .allMemory: counts.1 += 1
      case .absent: counts.2 += 1
      }
    }
  }
}
