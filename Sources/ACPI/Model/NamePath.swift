/// A path of the namespace: `\_SB.PCI0`, `^PCI0`, `_HID`.
///
/// A path of one segment without a prefix is searched upwards where it is used; any other means one
/// object alone.
///
/// **Source:** ACPI 6.5, sections 5.3 and 20.2.2, NameString.
public struct NamePath: Hashable, Sendable, ExpressibleByStringLiteral {
  /// Where a path starts.
  enum Start: Hashable, Sendable {
    case here
    case root
    /// That many `^`, at least one.
    case parent(UInt16)
  }

  var start: Start
  /// The first segment, apart from the others so that most paths need no memory of their own.
  var first: NameSegment?
  var rest: [NameSegment]

  /// A path as ASL spells it.
  ///
  /// A literal can't throw: one that is no path is refused by the writer.
  public init(stringLiteral text: String) {
    self.init(lenient: text)
  }

  /// A path as ASL spells it: `\` or any number of `^`, and segments with dots between them.
  ///
  /// - Throws: ``ACPIError/Code/badName``.
  public init(_ text: String) throws(ACPIError) {
    self.init(lenient: text)
    guard isValid else {
      throw ACPIError(.badName, "'\(sanitised(text))' is no path of the namespace")
    }
  }

  /// The path of one segment.
  public init(_ segment: NameSegment) {
    self.init(start: .here, first: segment, rest: [])
  }

  /// A path below the root.
  public init(absolute segments: [NameSegment]) {
    self.init(start: .root, first: segments.first, rest: Array(segments.dropFirst()))
  }

  init(start: Start, first: NameSegment?, rest: [NameSegment]) {
    self.start = start
    self.first = first
    self.rest = rest
  }

  private init(lenient text: String) {
    start = .here
    first = nil
    rest = []
    // Nearly every path is one name.
    if (1...4).contains(text.utf8.count), !text.utf8.contains(where: Self.isPunctuation) {
      first = NameSegment(lenient: text.utf8)
      return
    }
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "\\") {
      start = .root
      bytes.removeFirst()
    } else {
      var parents = 0
      while bytes.first == UInt8(ascii: "^") {
        parents += 1
        bytes.removeFirst()
      }
      if parents > 0 { start = .parent(UInt16(clamping: parents)) }
    }
    if bytes.isEmpty { return }
    for part in bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      let segment = NameSegment(lenient: part)
      if first == nil { first = segment } else { rest.append(segment) }
    }
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "^") || byte == UInt8(ascii: ".")
  }

  /// The root, `\`.
  public static let root = NamePath(start: .root, first: nil, rest: [])

  /// The segments in order.
  public var segments: [NameSegment] { first.map { [$0] + rest } ?? [] }

  /// The number of segments.
  var count: Int { first == nil ? 0 : 1 + rest.count }

  /// Whether the path starts at the root.
  public var isAbsolute: Bool { start == .root }

  /// Whether AML can carry it: valid segments, at most 255, and at least one or a prefix.
  public var isValid: Bool {
    guard count <= 255 else { return false }
    if case .parent(let count) = start, count > 255 { return false }
    guard let first else { return start != .here }
    return first.isValid && rest.allSatisfy(\.isValid)
  }

  /// This path with one more segment.
  public func appending(_ segment: NameSegment) -> NamePath {
    var path = self
    if path.first == nil { path.first = segment } else { path.rest.append(segment) }
    return path
  }
}

extension NamePath: CustomStringConvertible {
  /// The path as ASL spells it, without the `_` that pad segments.
  public var description: String {
    var text = ""
    switch start {
    case .here: break
    case .root: text = "\\"
    case .parent(let count): text = String(repeating: "^", count: Int(count))
    }
    guard let first else { return text }
    text += first.text
    for segment in rest {
      text += "."
      text += segment.text
    }
    return text
  }
}

extension NamePath {
  /// An absolute path with every name filled up with `_` to four characters.
  ///
  /// So an interpreter spells it, `\_SB_.VIO0` for `\_SB.VIO0`; IORT has such, and Linux compares them by
  /// the character.
  ///
  /// **Source:** Linux `drivers/acpi/arm64/iort.c`, `iort_match_node_callback`.
  public static func padded(_ path: String) -> String {
    let names = path.dropFirst().split(separator: ".").map { name in
      name + String(repeating: "_", count: max(0, 4 - name.utf8.count))
    }
    return "\\" + names.joined(separator: ".")
  }
}
