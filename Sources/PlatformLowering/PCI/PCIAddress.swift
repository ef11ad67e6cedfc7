/// Where a PCI function is.
///
/// **Source:** PCI Express Base Specification 6.0, section 2.2.6.2 (requester ID); Linux
/// `Documentation/PCI/pci.rst` for the spelling.
public struct PCIAddress: Sendable, Hashable, CustomStringConvertible {
  /// The segment, Linux's domain: the number of the host, 0 to 65,535.
  public var segment: Int
  /// The bus, 0 to 255.
  public var bus: Int
  /// The device on the bus, 0 to 31.
  public var device: Int
  /// The function of the device, 0 to 7.
  public var function: Int

  /// What it calls itself when it reads or writes memory: bus, device and function in 16 bits.
  public var requesterID: UInt16 {
    UInt16(truncatingIfNeeded: bus << 8 | (device & 31) << 3 | function & 7)
  }

  /// The address as Linux writes it: `0000:00:01.0`.
  public var description: String { Self.hex(segment, 4) + ":" + name }

  /// The address without the segment: `00:01.0`.
  var name: String { "\(Self.hex(bus, 2)):\(Self.hex(device, 2)).\(function)" }

  /// The first cell of `reg`, the address in configuration space.
  var configurationCell: UInt32 { UInt32(requesterID) << 8 }

  /// The unit address of its node: `1,0`.
  var unitAddress: String { String(device, radix: 16) + "," + String(function, radix: 16) }

  private static func hex(_ number: Int, _ width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
