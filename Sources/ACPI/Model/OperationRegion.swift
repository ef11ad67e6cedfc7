/// Registers that AML reads and writes.
///
/// **Source:** ACPI 6.5, section 19.6.100, and 20.2.5.2, DefOpRegion.
public struct OperationRegion: Hashable, Sendable {
  /// Where the registers are.
  ///
  /// **Source:** ACPI 6.5, section 5.5.2.4, table 5.180.
  public struct Space: RawRepresentable, Hashable, Sendable {
    /// The number in AML; 0x80 and above are a vendor's.
    public let rawValue: UInt8
    /// A space by its number.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// System memory.
    public static let systemMemory = Space(rawValue: 0)
    /// I/O ports.
    public static let systemIO = Space(rawValue: 1)
    /// The configuration space of a PCI function.
    public static let pciConfig = Space(rawValue: 2)
    /// An embedded controller.
    public static let embeddedControl = Space(rawValue: 3)

    /// The word that ASL has for it, or its number.
    var keyword: String {
      let words = [
        "SystemMemory", "SystemIO", "PCI_Config", "EmbeddedControl", "SMBus", "SystemCMOS",
        "PciBarTarget", "IPMI", "GeneralPurposeIo", "GenericSerialBus", "PCC",
      ]
      return Int(rawValue) < words.count ? words[Int(rawValue)] : aslHex(rawValue)
    }
  }

  /// Its name.
  public var path: NamePath
  /// Where the registers are.
  public var space: Space
  /// The first one, in bytes.
  public var offset: Term
  /// How long they are, in bytes.
  public var length: Term

  /// A region of registers.
  public init(_ path: NamePath, _ space: Space, offset: Term, length: Term) {
    self.path = path
    self.space = space
    self.offset = offset
    self.length = length
  }
}
