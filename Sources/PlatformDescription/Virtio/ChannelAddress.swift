/// Where a device is in the channel subsystem: `fe.0.0001`.
///
/// The subsystem is that of virtual devices, 0xfe, which a guest sees as 0: Linux calls the same device
/// `0.0.0001`.
///
/// **Source:** z/Architecture Principles of Operation, SA22-7832, chapter 13; QEMU `hw/s390x/css.c`,
/// `VIRTUAL_CSSID`.
public struct ChannelAddress: Sendable, Hashable, Comparable, LosslessStringConvertible {
  /// The subchannel sets, 0 to 3.
  public static let subchannelSets = 0...3
  /// The device numbers, 0 to 65,535.
  public static let deviceNumbers = 0...0xffff

  /// The subchannel set, 0 to 3.
  public let subchannelSet: Int
  /// The number of the device in it, 0 to 65,535.
  public let deviceNumber: Int

  /// The address of a device; nil for a set or a number that there isn't.
  public init?(subchannelSet: Int = 0, deviceNumber: Int) {
    guard Self.subchannelSets.contains(subchannelSet), Self.deviceNumbers.contains(deviceNumber)
    else { return nil }
    self.subchannelSet = subchannelSet
    self.deviceNumber = deviceNumber
  }

  /// The address that `text` spells, as `fe.0.0001`; nil where it spells none.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let set = Int(parts[1], radix: 16),
      let number = Int(parts[2], radix: 16)
    else { return nil }
    self.init(subchannelSet: set, deviceNumber: number)
    // One spelling for each: no signs, no capitals, no other number of digits.
    guard description == text else { return nil }
  }

  /// The address as QEMU's `devno=` takes it.
  public var description: String {
    let digits = String(deviceNumber, radix: 16)
    return "fe.\(subchannelSet)." + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }

  /// By set, then by number.
  public static func < (one: ChannelAddress, other: ChannelAddress) -> Bool {
    (one.subchannelSet, one.deviceNumber) < (other.subchannelSet, other.deviceNumber)
  }
}
