/// Why a table or its AML could not be read or written, and where.
///
/// Two errors are equal when their ``code`` is equal, so that a test pins the cause and not the words.
public struct ACPIError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The stable spelling, for machines.
    public let rawValue: String

    /// A code with this spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The bytes end before what they announce does.
    public static let truncated = Code(rawValue: "truncated")
    /// The bytes don't start with a table's signature, or with one that is read otherwise.
    public static let badSignature = Code(rawValue: "bad-signature")
    /// A table's length is less than its header, or past the end of the file.
    public static let badLength = Code(rawValue: "bad-length")
    /// A table's bytes don't sum to 0.
    public static let badChecksum = Code(rawValue: "bad-checksum")
    /// A PkgLength that ends before what it has to hold, or past what holds it.
    public static let badPackageLength = Code(rawValue: "bad-package-length")
    /// Bits of a PkgLength's first byte that must be 0.
    public static let reservedBits = Code(rawValue: "reserved-bits")
    /// A byte that starts no term.
    public static let unknownOpcode = Code(rawValue: "unknown-opcode")
    /// A term where the grammar doesn't allow it.
    public static let misplaced = Code(rawValue: "misplaced")
    /// A name that AML cannot carry.
    public static let badName = Code(rawValue: "bad-name")
    /// Two objects of one path.
    public static let duplicateName = Code(rawValue: "duplicate-name")
    /// A name that no table of the set declares.
    public static let unresolvedName = Code(rawValue: "unresolved-name")
    /// A string without its NUL.
    public static let unterminatedString = Code(rawValue: "unterminated-string")
    /// A resource descriptor that is none, or whose length isn't its own.
    public static let badDescriptor = Code(rawValue: "bad-descriptor")
    /// More bytes, terms, levels or steps than ``ACPILimits`` allow.
    public static let limitExceeded = Code(rawValue: "limit-exceeded")
    /// A value that has no encoding.
    public static let notWritable = Code(rawValue: "not-writable")
  }

  /// The kind of failure.
  public let code: Code
  /// The offset from the start of the file, in bytes, where there is one.
  public let byteOffset: Int?
  /// The path of the namespace object concerned, where there is one.
  public let objectPath: String?
  /// What is wrong and what was expected: lower case, no full stop.
  public let message: String

  /// An error with its place.
  public init(_ code: Code, _ message: String, byteOffset: Int? = nil, objectPath: String? = nil) {
    self.code = code
    self.message = message
    self.byteOffset = byteOffset
    self.objectPath = objectPath
  }

  /// Equality of the cause alone.
  public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

  /// The message, with its place in front of it; safe to show on a terminal.
  public var description: String {
    var text = ""
    if let objectPath { text += "\(objectPath): " }
    text += message
    if let byteOffset { text += " (at byte \(hex(byteOffset)))" }
    return text
  }
}

/// `value` as messages show numbers: `0x` and lower-case digits.
func hex(_ value: some BinaryInteger) -> String { "0x" + String(value, radix: 16) }
