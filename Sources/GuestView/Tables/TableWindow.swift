import ACPI

/// A range that a device has, or that a host provides, by its `_CRS`.
public struct TableWindow: Sendable {
  /// What it is a range of.
  public enum Space: Sendable, Hashable {
    /// Memory.
    case memory
    /// I/O ports.
    case ports
    /// Bus numbers of PCI.
    case buses
  }

  /// Its position among the descriptors, from 0.
  public let index: Int
  /// What it is a range of.
  public let space: Space
  /// The addresses, as Linux takes them; nil where it takes none.
  ///
  /// **Source:** Linux `drivers/acpi/resource.c`, `acpi_dev_get_memresource`, `acpi_decode_space`.
  public let range: AddressRange?
  /// Whether it is provided to the devices below, and not used by the device itself.
  public let isProducer: Bool
  /// The first address on the other side of a bridge, where it has one; nil of what no bridge provides.
  public let busAddress: UInt64?
  /// Where the descriptor lies in its file, in bytes.
  public let byteRange: Range<Int>

  /// The range in a descriptor; nil of one that has none.
  init?(_ entry: ResourceTemplate.Entry, index: Int) {
    self.index = index
    byteRange = entry.byteRange
    if case .addressSpace(let address) = entry.descriptor, !address.isConsumer {
      busAddress = address.minimum
    } else {
      busAddress = nil
    }
    switch entry.descriptor {
    case .memory24(let memory):
      space = .memory
      range = AddressRange(at: UInt64(memory.minimum) << 8, size: UInt64(memory.length) << 8)
      isProducer = false
    case .memory32(let memory):
      space = .memory
      range = AddressRange(at: UInt64(memory.minimum), size: UInt64(memory.length))
      isProducer = false
    case .memory32Fixed(_, let base, let length):
      space = .memory
      range = AddressRange(at: UInt64(base), size: UInt64(length))
      isProducer = false
    case .io(let ports):
      space = .ports
      range = AddressRange(at: UInt64(ports.minimum), size: UInt64(ports.length))
      isProducer = false
    case .fixedIO(let base, let length):
      space = .ports
      range = AddressRange(at: UInt64(base), size: UInt64(length))
      isProducer = false
    case .addressSpace(let address):
      switch address.kind {
      case .memory: space = .memory
      case .io: space = .ports
      case .busNumber: space = .buses
      case .other: return nil
      }
      isProducer = !address.isConsumer
      // What is on the other side of a bridge has its addresses on this one by the translation.
      let shift = isProducer ? address.translation : 0
      range =
        address.length == 0
        ? nil
        : AddressRange(from: address.minimum &+ shift, through: address.maximum &+ shift)
    default: return nil
    }
  }
}
