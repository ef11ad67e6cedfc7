/// A register anywhere: a generic address with its size.
///
/// **Source:** ACPI 6.5, sections 5.2.3.2 and 6.4.3.7.
public struct GenericRegister: Hashable, Sendable {
  /// Where it is; 0x7f is functional fixed hardware.
  public var space: OperationRegion.Space
  /// Its width in bits.
  public var bitWidth: UInt8
  /// The first of its bits.
  public var bitOffset: UInt8
  /// How it is accessed: 0 undefined, 1 to 4 for 8 to 64 bits.
  public var accessSize: UInt8
  /// Its address.
  public var address: UInt64

  /// A register by its address.
  public init(
    _ space: OperationRegion.Space, bitWidth: UInt8, bitOffset: UInt8 = 0, accessSize: UInt8 = 0,
    address: UInt64
  ) {
    self.space = space
    self.bitWidth = bitWidth
    self.bitOffset = bitOffset
    self.accessSize = accessSize
    self.address = address
  }
}
