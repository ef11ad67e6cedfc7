/// What an address space descriptor is a range of, with the flags that only that has.
///
/// **Source:** ACPI 6.5, section 6.4.3.5.5, Resource Type Specific Flags.
public enum AddressSpaceKind: Hashable, Sendable {
  /// Memory.
  case memory(MemoryFlags)
  /// I/O ports.
  case io(IOFlags)
  /// Bus numbers.
  case busNumber
  /// A vendor's own, 0xc0 and above, or what has no meaning; with the byte of flags.
  case other(type: UInt8, flags: UInt8)

  /// Memory.
  public struct MemoryFlags: RawRepresentable, Hashable, Sendable {
    /// The byte of AML.
    public let rawValue: UInt8
    /// Flags by the byte of AML.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Memory that isn't cached, and can be written.
    public static let nonCacheable = MemoryFlags(rawValue: 0x01)
    /// Memory that is cached, and can be written.
    public static let cacheable = MemoryFlags(rawValue: 0x03)
    /// Memory that may be prefetched, and can be written.
    public static let prefetchable = MemoryFlags(rawValue: 0x07)

    /// Whether it can be written.
    public var isWritable: Bool { rawValue & 1 != 0 }
    /// 0 not cacheable, 1 cacheable, 2 write combining, 3 prefetchable.
    public var caching: UInt8 { rawValue >> 1 & 3 }
    /// 0 memory, 1 reserved, 2 ACPI's, 3 non-volatile.
    public var rangeType: UInt8 { rawValue >> 3 & 3 }
    /// Whether the other side of the bridge is I/O.
    public var isTranslated: Bool { rawValue & 0x20 != 0 }
  }

  /// I/O ports.
  public struct IOFlags: RawRepresentable, Hashable, Sendable {
    /// The byte of AML.
    public let rawValue: UInt8
    /// Flags by the byte of AML.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// All ports.
    public static let entireRange = IOFlags(rawValue: 0x03)
    /// All ports, which are memory on the other side, as PCI has it on arm64 and RISC-V.
    public static let entireRangeTranslated = IOFlags(rawValue: 0x13)

    /// 1 for those that aren't ISA's, 2 for ISA's, 3 for all.
    public var ranges: UInt8 { rawValue & 3 }
    /// Whether the other side of the bridge is memory.
    public var isTranslated: Bool { rawValue & 0x10 != 0 }
    /// Whether the translation spreads the ports out.
    public var isSparse: Bool { rawValue & 0x20 != 0 }
  }

  /// The type and the flags of AML.
  var raw: (type: UInt8, flags: UInt8) {
    switch self {
    case .memory(let flags): (0, flags.rawValue)
    case .io(let flags): (1, flags.rawValue)
    case .busNumber: (2, 0)
    case .other(let type, let flags): (type, flags)
    }
  }

  /// A kind by the type and the flags of AML.
  init(type: UInt8, flags: UInt8) {
    switch (type, flags) {
    case (0, let flags) where flags & 0xc0 == 0: self = .memory(MemoryFlags(rawValue: flags))
    case (1, let flags) where flags & 0xcc == 0: self = .io(IOFlags(rawValue: flags))
    case (2, 0): self = .busNumber
    default: self = .other(type: type, flags: flags)
    }
  }
}
