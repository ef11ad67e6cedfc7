/// Why a device tree could not be read or written, and where.
///
/// Two errors are equal when their ``code`` is equal, so that a test pins the cause and not the words.
public struct DeviceTreeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The stable spelling, for machines.
    public let rawValue: String

    /// A code with this spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The block does not start with `d00dfeed`.
    public static let badMagic = Code(rawValue: "bad-magic")
    /// A version that this reader does not know (16 and 17 are read).
    public static let badVersion = Code(rawValue: "bad-version")
    /// The file ends before the tree does.
    public static let truncated = Code(rawValue: "truncated")
    /// A header field or an offset points outside the file.
    public static let badOffset = Code(rawValue: "bad-offset")
    /// The structure block breaks the grammar of tokens.
    public static let badStructure = Code(rawValue: "bad-structure")
    /// A name, or a string of the strings block, has no end.
    public static let unterminatedString = Code(rawValue: "unterminated-string")
    /// More bytes, nodes, properties or levels than ``Limits`` allow.
    public static let limitExceeded = Code(rawValue: "limit-exceeded")
    /// A name that a device tree cannot carry.
    public static let badName = Code(rawValue: "bad-name")
    /// Two children, or two properties, of one node with the same name.
    public static let duplicateName = Code(rawValue: "duplicate-name")
    /// libfdt refused to write the tree.
    public static let notWritable = Code(rawValue: "not-writable")
  }

  /// The kind of failure.
  public let code: Code
  /// The offset from the start of the file, in bytes, where there is one.
  public let byteOffset: Int?
  /// The path of the node concerned, where there is one, as the bytes spell it.
  public let nodePath: String?
  /// What is wrong and what was expected: lower case, no full stop.
  public let message: String

  /// An error with its place.
  public init(_ code: Code, _ message: String, byteOffset: Int? = nil, nodePath: String? = nil) {
    self.code = code
    self.message = message
    self.byteOffset = byteOffset
    self.nodePath = nodePath
  }

  /// Equality of the cause alone.
  public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

  /// The message, with its place in front of it; safe to show on a terminal, whatever the names are.
  public var description: String {
    var text = ""
    if let nodePath { text += "\(sanitised(nodePath)): " }
    text += message
    if let byteOffset { text += " (at byte 0x\(String(byteOffset, radix: 16)))" }
    return text
  }
}
