import DeviceTree
import GuestView
import PlatformDescription
import PlatformLowering

/// Which device may DMA where, through what, and why: the confinement of one guest.
struct DMATable: Sendable {
  /// One device.
  struct Row: Sendable {
    /// The path of the node; for a PCI function that has none, of its host.
    var path: String
    /// The name of the node; for a PCI function its address, `0000:00:01.0`.
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
    /// Whether it is known to be no VirtIO device: the vendor of a PCI function says so.
    var isNoVirtio = false
    /// By which ID the IOMMU in front of it knows it, as a description says or the host's `iommu-map`;
    /// nil where nobody told.
    var endpoint: UInt32?
    /// Where it may DMA.
    var outcome: DMAOutcome
    /// Whether Linux bounces it through its default pool, because the guest's memory is kept from the host.
    var isBounced = false
  }

  /// The devices in document order, functions of PCI by their addresses behind their host.
  let rows: [Row]

  /// The devices of `view` but those in `windows`, with what the description says of them where there
  /// is one.
  init(_ view: GuestView, lowered: LoweredMachine? = nil, without windows: Set<String> = []) {
    let described = Described(lowered?.devices ?? [])
    let isBounced = lowered?.confidentiality?.kind.bouncesEverything ?? false
    rows = Self.order(view).compactMap { device, host in
      if windows.contains(device.node.path) { return nil }
      let lowered = described[device]
      return Row(
        path: device.node.path, name: Self.name(of: device, host, view),
        type: Self.type(of: device, host, lowered, view), kind: device.kind,
        deviceID: lowered?.deviceID ?? device.features.map { Int(clamping: $0.type) },
        slot: lowered?.slot,
        features: lowered?.features.map(\.bit) ?? device.features?.featureBits,
        isNoVirtio: lowered == nil && Self.isOfAnotherVendor(device),
        endpoint: lowered?.translation?.endpoint ?? Self.endpoint(of: device, host),
        outcome: device.outcome, isBounced: isBounced)
    }
  }

  /// Whether the node of a PCI function names a vendor, and not that of VirtIO.
  ///
  /// **Source:** PCI Bus Binding to IEEE 1275, section 2.5 (`compatible`); VIRTIO 1.3, section 4.1.2.
  private static func isOfAnotherVendor(_ device: DMADevice) -> Bool {
    guard device.kind == .pciFunction, device.hasNode, device.features == nil,
      let name = device.node.property("compatible")?.strings?.first, name.hasPrefix("pci"),
      let vendor = name.dropFirst(3).split(separator: ",").first,
      let number = UInt16(vendor, radix: 16)
    else { return false }
    return number != 0x1af4
  }

  /// By which ID the IOMMU that the tree names knows a PCI function; nil for other devices.
  private static func endpoint(of device: DMADevice, _ host: PCIHost?) -> UInt32? {
    guard case .iommu(let node) = device.outcome, let requesterID = device.requesterID,
      let map = host?.iommuMap, let row = map.row(for: requesterID), row.target == node
    else { return nil }
    return row.output &+ ((UInt32(requesterID) & map.mask) - row.first)
  }

  /// What a description says, looked up as the guest knows a device.
  private struct Described {
    private var byPath: [String: LoweredDevice] = [:]
    private var functions: [String: LoweredDevice] = [:]

    init(_ devices: [LoweredDevice]) {
      for device in devices {
        if device.hasNode {
          byPath[device.path] = device
        } else if let address = device.pciAddress {
          functions["\(device.path) \(address.requesterID)"] = device
        }
      }
    }

    subscript(device: DMADevice) -> LoweredDevice? {
      guard !device.hasNode, let requesterID = device.requesterID else {
        return byPath[device.node.path]
      }
      return functions["\(device.node.path) \(requesterID)"]
    }
  }

  /// The devices in document order with their PCI hosts, functions in the order of their addresses.
  private static func order(_ view: GuestView) -> [(device: DMADevice, host: PCIHost?)] {
    let hidden = Dictionary(grouping: view.hiddenFunctions, by: \.node.index)
    var result: [(device: DMADevice, host: PCIHost?)] = []
    var functions: [DMADevice] = []
    var host: PCIHost?
    func finish() {
      guard let host else { return }
      functions += hidden[host.node.index] ?? []
      functions.sort { ($0.requesterID ?? 0) < ($1.requesterID ?? 0) }
      result += functions.map { ($0, host) }
      functions = []
    }
    for device in view.dmaDevices {
      if device.kind == .pciFunction {
        functions.append(device)
        continue
      }
      // Functions follow their host, and hosts don't nest.
      finish()
      host = view.pciHosts.first { $0.node == device.node }
      result.append((device, host))
    }
    finish()
    return result
  }

  private static func name(
    of device: DMADevice, _ host: PCIHost?, _ view: GuestView
  ) -> String {
    guard let function = device.functionName, let host else { return device.node.name }
    return view.deviceName(ofFunction: function, of: host)
  }

  private static func type(
    of device: DMADevice, _ host: PCIHost?, _ described: LoweredDevice?, _ view: GuestView
  ) -> String {
    if let described {
      let name = VirtioDevice.typeName(of: described.deviceID)
      return described.slot.map { "\(name) (slot \($0))" } ?? name
    }
    if let features = device.features {
      return VirtioDevice.typeName(of: Int(clamping: features.type))
    }
    if device.kind == .pciHost, let host, !host.functions.isEmpty || !view.hiddenFunctions.isEmpty {
      return "other functions"
    }
    return device.node.property("compatible")?.strings?.first ?? device.node.name
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
