/// A processor as ACPI had it before 6.0; now it is a device with `_HID` `ACPI0007`.
///
/// **Source:** ACPI 6.3, section 19.6.108, and 20.2.5.2, DefProcessor.
public struct Processor: Hashable, Sendable {
  /// Its name.
  public var path: NamePath
  /// The id that the MADT gives it.
  public var id: UInt8
  /// The I/O port of its register block.
  public var blockAddress: UInt32
  /// The length of that block, in bytes: 0 or 6.
  public var blockLength: UInt8
  /// What stands in it.
  public var body: [Term]

  /// A processor.
  public init(
    _ path: NamePath, id: UInt8, blockAddress: UInt32 = 0, blockLength: UInt8 = 0,
    body: [Term] = []
  ) {
    self.path = path
    self.id = id
    self.blockAddress = blockAddress
    self.blockLength = blockLength
    self.body = body
  }
}
