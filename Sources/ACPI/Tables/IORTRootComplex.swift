/// A root complex of PCI, in the ``IORT``.
///
/// **Source:** Arm DEN 0049E, section 3.1.1.5.
public struct IORTRootComplex: Hashable, Sendable {
  /// The PCI segment, `_SEG`.
  public var segment: UInt32
  /// Whether its DMA is coherent.
  public var isCoherent: Bool
  /// How many bits of an address it has; 0 to 64.
  public var addressBits: UInt8
  /// b0 ATS.
  public var attributes: UInt32

  /// The most mappings that its node has room for, in the 65,535 bytes that a length counts.
  public static let mostMappings = (0xffff - 40) / 20

  /// A root complex.
  public init(segment: UInt32 = 0, isCoherent: Bool = true, addressBits: UInt8 = 64) {
    self.segment = segment
    self.isCoherent = isCoherent
    self.addressBits = addressBits
    attributes = 0
  }

  init(_ reader: TableReader) throws(ACPIError) {
    isCoherent = try reader.doubleWord(16) & 1 != 0
    attributes = try reader.doubleWord(24)
    segment = try reader.doubleWord(28)
    // Revision 0 ends in front of it.
    addressBits = reader.count > 32 ? try reader.byte(32) : 64
  }

  func write(to body: inout TableBody) {
    body.add(UInt32(isCoherent ? 1 : 0))
    body.add(bytes: [0, 0, 0, isCoherent ? 3 : 0])
    body.add(attributes)
    body.add(segment)
    body.add(bytes: [addressBits, 0, 0, 0])
    body.reserve(4)
  }
}
