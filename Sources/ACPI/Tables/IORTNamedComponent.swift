/// A device that isn't PCI's, in the ``IORT``.
///
/// **Source:** Arm DEN 0049E, section 3.1.1.6.
public struct IORTNamedComponent: Hashable, Sendable {
  /// Its path in the namespace, `\_SB.DEV0`.
  public var path: String
  /// Whether its DMA is coherent.
  public var isCoherent: Bool
  /// How many bits of an address it has; 0 to 64.
  public var addressBits: UInt8
  /// b0 stalls, b1–5 bits of a PASID.
  public var flags: UInt32

  /// A device by its path.
  public init(_ path: String, isCoherent: Bool = true, addressBits: UInt8 = 64) {
    self.path = path
    self.isCoherent = isCoherent
    self.addressBits = addressBits
    flags = 0
  }

  init(_ reader: TableReader) throws(ACPIError) {
    flags = try reader.doubleWord(16)
    isCoherent = try reader.doubleWord(20) & 1 != 0
    addressBits = try reader.byte(28)
    path = try reader.text(29)
  }

  func write(to body: inout TableBody) throws(ACPIError) {
    guard path.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) else {
      throw ACPIError(.notWritable, "'\(sanitised(path))' is no path of the namespace")
    }
    let start = body.offset
    body.add(flags)
    body.add(UInt32(isCoherent ? 1 : 0))
    // Coherent memory is cacheable at any level that asks for it: CPM and DACS.
    body.add(bytes: [0, 0, 0, isCoherent ? 3 : 0, addressBits])
    body.add(text: path)
    // Mappings are aligned to four bytes. One byte at least: iasl takes a name without padding for the
    // end of the table.
    body.reserve(4 - (body.offset - start) % 4)
  }
}
