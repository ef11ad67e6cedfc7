public import GuestView
public import PlatformDescription

/// What one virtio device offers.
public struct OfferedDevice: Sendable, Hashable {
  /// How the driver reaches a device.
  public enum Transport: String, Sendable, Hashable, CaseIterable {
    /// Registers in memory.
    case mmio
    /// A function of a PCI device.
    case pci
    /// Channel I/O.
    case ccw
  }

  /// The path of its node or, under ACPI, of its object; of its PCI host for a function that has neither; the
  /// address of a channel device, `fe.0.0001`.
  public var node: String
  /// How the driver reaches it.
  public var transport: Transport
  /// Its bus, device and function in 16 bits; nil for what isn't on PCI.
  public var requesterID: UInt16?
  /// Where it is in the channel subsystem; nil for what isn't there.
  public var channelAddress: ChannelAddress? { transport == .ccw ? ChannelAddress(node) : nil }
  /// Whether a function has a node of its own: otherwise ``node`` is that of its host.
  public var hasNode: Bool
  /// The virtio device ID.
  ///
  /// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
  public var deviceID: Int
  /// The feature bits that it offers, in ascending order.
  public var features: [VirtioFeature]
  /// Its queues, by index.
  public var queues: [Virtqueue]
  /// What bits are called that have no name in the standard, or had one for drivers before it.
  public var names: [Int: String]
  /// Where its registers are, of an object under ACPI, whose path doesn't tell; nil where nobody said.
  public var registers: UInt64?

  /// A device; `requesterID` is for one on PCI.
  public init(
    node: String, transport: Transport, requesterID: UInt16? = nil, hasNode: Bool = true,
    deviceID: Int, features: [VirtioFeature], queues: [Virtqueue], names: [Int: String] = [:]
  ) {
    self.node = node
    self.transport = transport
    self.requesterID = requesterID
    self.hasNode = hasNode
    self.deviceID = deviceID
    self.features = features
    self.queues = queues
    self.names = names
  }

  /// The same, as the checker takes it.
  public var forCheck: DeviceFeatures.Device {
    DeviceFeatures.Device(
      node: node, requesterID: hasNode ? nil : requesterID, type: UInt32(clamping: deviceID),
      featureBits: features.map(\.bit), queueSizes: queues.map(\.size), names: names)
  }

  /// Whether it offers `feature`.
  public func offers(_ feature: VirtioFeature) -> Bool {
    features.contains { $0.bit == feature.bit }
  }

  /// The name of its type: `block`.
  public var typeName: String { VirtioDevice.typeName(of: deviceID) }

  /// What its bits are called on a device of its type, a number for one that has no name.
  func name(of bit: Int) -> String { VirtioFeature.bit(bit).name(on: deviceID) }

  /// Where its registers are: by the unit address of its node, `a000000` of `/virtio_mmio@a000000`, where it has one;
  /// nil where nothing tells.
  var unitAddress: UInt64? {
    if let registers { return registers }
    guard let name = node.split(separator: "/").last,
      let at = name.lastIndex(of: "@")
    else { return nil }
    return UInt64(name[name.index(after: at)...], radix: 16)
  }

  /// Where it is on its bus, as VMMs write it: `1.0`; nil for what isn't on PCI.
  var deviceAndFunction: String? {
    requesterID.map { String($0 >> 3 & 31, radix: 16) + "." + String($0 & 7) }
  }
}
