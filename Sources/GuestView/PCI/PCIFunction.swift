public import DeviceTree

/// A function of a PCI device that has a node of its own.
///
/// **Source:** PCI Bus Binding to IEEE 1275, section 2.2.1.1; Linux `drivers/pci/of.c`,
/// `of_pci_get_devfn`.
public struct PCIFunction: Sendable {
  /// The node.
  public let node: FlattenedTree.Node
  /// `reg`, of at least five cells, the first of them the address in configuration space.
  public let property: FlattenedTree.Property
  /// The bus, 0 to 255.
  public let bus: UInt8
  /// The device on the bus, 0 to 31.
  public let device: UInt8
  /// The function of the device, 0 to 7.
  public let function: UInt8
  /// Whether the node stands on the host's own bus, and not behind a bridge.
  public let isOnRootBus: Bool

  /// What it calls itself when it reads or writes memory: bus, device and function in 16 bits.
  public var requesterID: UInt16 {
    UInt16(bus) << 8 | UInt16(device) << 3 | UInt16(function)
  }

  /// `2,0`, as the unit address of the node should be.
  public var unitAddress: String {
    "\(String(device, radix: 16)),\(String(function, radix: 16))"
  }

  init?(_ node: FlattenedTree.Node, isOnRootBus: Bool) {
    guard let property = node.property("reg"), property.cellCount >= 5,
      let address = property.cell(0)
    else { return nil }
    self.node = node
    self.property = property
    bus = UInt8(truncatingIfNeeded: address >> 16)
    device = UInt8(truncatingIfNeeded: address >> 11 & 0x1f)
    function = UInt8(truncatingIfNeeded: address >> 8 & 7)
    self.isOnRootBus = isOnRootBus
  }
}
