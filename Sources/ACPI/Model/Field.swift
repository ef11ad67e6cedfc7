/// Names for bits of an operation region, or of registers behind an index or a bank.
///
/// **Source:** ACPI 6.5, section 19.6.48, and 20.2.5.2, DefField, DefIndexField, DefBankField.
public struct Field: Hashable, Sendable {
  /// What the bits belong to.
  public enum Source: Hashable, Sendable {
    /// An operation region: `Field`.
    case region(NamePath)
    /// A register of the index, and one of the data: `IndexField`.
    case index(NamePath, data: NamePath)
    /// A region, the register that selects the bank, and what is written to it: `BankField`.
    case bank(NamePath, register: NamePath, value: Term)
  }

  /// How wide an access is: `AnyAcc`, `ByteAcc`, `WordAcc`, `DWordAcc`, `QWordAcc`, `BufferAcc`.
  public enum Access: UInt8, Hashable, Sendable, CaseIterable {
    /// Whatever suits.
    case any
    /// 8 bits.
    case byte
    /// 16 bits.
    case word
    /// 32 bits.
    case doubleWord
    /// 64 bits.
    case quadWord
    /// A buffer, as buses have it.
    case buffer

    /// The word that ASL has for it.
    var keyword: String {
      ["AnyAcc", "ByteAcc", "WordAcc", "DWordAcc", "QWordAcc", "BufferAcc"][Int(rawValue)]
    }
  }

  /// What becomes of the other bits of a register that is written.
  public enum UpdateRule: UInt8, Hashable, Sendable, CaseIterable {
    /// They are read and written back.
    case preserve
    /// They become 1.
    case writeAsOnes
    /// They become 0.
    case writeAsZeros

    /// The word that ASL has for it.
    var keyword: String { ["Preserve", "WriteAsOnes", "WriteAsZeros"][Int(rawValue)] }
  }

  /// A piece of the field.
  public enum Element: Hashable, Sendable {
    /// Bits with a name; their number, less than 2^28.
    case named(NameSegment, bits: Int)
    /// Bits without a name; their number, less than 2^28.
    case reserved(bits: Int)
    /// What follows is accessed otherwise: type, attribute, and the length where the bus has one.
    case access(type: UInt8, attribute: UInt8, length: UInt8?)
    /// What follows goes through this connection: a name, or a buffer with a descriptor.
    indirect case connection(Term)
  }

  /// What the bits belong to.
  public var source: Source
  /// How wide an access is.
  public var access: Access
  /// Whether the global lock is held.
  public var isLocked: Bool
  /// What becomes of other bits.
  public var updateRule: UpdateRule
  /// The pieces, from bit 0 on.
  public var elements: [Element]

  /// A field of these pieces.
  public init(
    _ source: Source, access: Access, isLocked: Bool = false, updateRule: UpdateRule = .preserve,
    _ elements: [Element]
  ) {
    self.source = source
    self.access = access
    self.isLocked = isLocked
    self.updateRule = updateRule
    self.elements = elements
  }

  /// The byte that AML has for access, lock and update rule.
  var flags: UInt8 { access.rawValue | (isLocked ? 0x10 : 0) | updateRule.rawValue << 5 }
}
