/// Channels of a PC's DMA controllers.
///
/// **Source:** ACPI 6.5, section 6.4.2.2.
public struct DMADescriptor: Hashable, Sendable {
  /// The channels, 0 to 7, as bits.
  public var mask: UInt8
  /// 0 for compatible, 1 to 3 for types A, B and F.
  public var speed: UInt8
  /// Whether the device is a bus master.
  public var isBusMaster: Bool
  /// 0 for 8 bits, 1 for 8 and 16, 2 for 16.
  public var transfer: UInt8

  /// Channels as bits.
  public init(mask: UInt8, speed: UInt8 = 0, isBusMaster: Bool = false, transfer: UInt8 = 0) {
    self.mask = mask
    self.speed = speed
    self.isBusMaster = isBusMaster
    self.transfer = transfer
  }

  /// The channels in order.
  public var channels: [Int] { (0..<8).filter { mask >> UInt8($0) & 1 == 1 } }
}
