/// A range of memory, ports or bus numbers.
///
/// Where it is fixed, `minimum` and `maximum` are its first and last address, and `length` is
/// `maximum - minimum + 1`.
///
/// **Source:** ACPI 6.5, sections 6.4.3.5.1 to 6.4.3.5.4.
public struct AddressSpaceDescriptor: Hashable, Sendable {
  /// How wide its numbers are: `WordMemory`, `DWordMemory`, `QWordMemory`, `ExtendedMemory`.
  public enum Width: UInt8, Hashable, Sendable, CaseIterable {
    /// 16 bits.
    case word = 0x88
    /// 32 bits.
    case doubleWord = 0x87
    /// 64 bits.
    case quadWord = 0x8a
    /// 64 bits and attributes.
    case extended = 0x8b

    /// The size of a number, in bytes.
    var bytes: Int { self == .word ? 2 : self == .doubleWord ? 4 : 8 }
    /// What ASL's keywords begin with.
    var keyword: String {
      switch self {
      case .word: "Word"
      case .doubleWord: "DWord"
      case .quadWord: "QWord"
      case .extended: "Extended"
      }
    }
  }

  /// How wide its numbers are.
  public var width: Width
  /// What it is a range of.
  public var kind: AddressSpaceKind
  /// Whether the device uses it itself, and doesn't provide it to those below.
  public var isConsumer: Bool
  /// Whether the bridge decodes what no device claims.
  public var isSubtractive: Bool
  /// Whether the minimum is fixed.
  public var isMinimumFixed: Bool
  /// Whether the maximum is fixed.
  public var isMaximumFixed: Bool
  /// The alignment less one: which bits are decoded.
  public var granularity: UInt64
  /// The first address.
  public var minimum: UInt64
  /// The last address.
  public var maximum: UInt64
  /// What is added on the primary side.
  public var translation: UInt64
  /// The number of addresses.
  public var length: UInt64
  /// Memory attributes, in the extended form alone.
  public var attributes: UInt64
  /// Who provides it; not in the extended form.
  public var source: ResourceSource?

  /// A fixed range from `minimum` on.
  ///
  /// Range and translation are in the unit of the kind: bytes, ports or bus numbers.
  public init(
    _ width: Width, _ kind: AddressSpaceKind, minimum: UInt64, length: UInt64,
    translation: UInt64 = 0, isConsumer: Bool = false
  ) {
    self.width = width
    self.kind = kind
    self.isConsumer = isConsumer
    isSubtractive = false
    isMinimumFixed = true
    isMaximumFixed = true
    granularity = 0
    self.minimum = minimum
    maximum = minimum &+ length &- 1
    self.translation = translation
    self.length = length
    attributes = 0
    source = nil
  }

  /// The byte that AML has for these choices.
  var generalFlags: UInt8 {
    (isConsumer ? 1 : 0) | (isSubtractive ? 2 : 0) | (isMinimumFixed ? 4 : 0)
      | (isMaximumFixed ? 8 : 0)
  }
}
