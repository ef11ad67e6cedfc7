/// The parts of a table without AML, and where their lengths, numbers and references lead.
///
/// It says of tables that nobody reads further whether a guest could.
public struct TableStructure: Sendable {
  /// One part.
  public struct Part: Sendable, Hashable {
    /// What ``TableText`` calls it: `entry[2]`.
    public let element: String
    /// Its type; 0 where parts have none.
    public let type: UInt64
    /// Where it lies in its file, in bytes.
    public let byteRange: Range<Int>
  }

  /// Something that is wrong.
  public struct Problem: Sendable, Hashable {
    /// What kind of thing.
    public enum Kind: Sendable, Hashable {
      /// A length of a part leads nowhere, so that no more of them are found.
      case length
      /// A part has less bytes than what its type has, or counts.
      case short
      /// A part, or a field, refers to what isn't there.
      case reference
      /// The table has other parts than it counts.
      case count
      /// A value that makes the guest refuse the table.
      case value
      /// A type that no specification has.
      case unknownType
    }

    /// What kind of thing.
    public let kind: Kind
    /// What is wrong: lower case, no full stop.
    public let message: String
    /// The part; nil of the table as a whole.
    public let element: String?
    /// Where it lies in its file, in bytes.
    public let byteRange: Range<Int>
  }

  /// The parts, as far as their lengths lead.
  public private(set) var parts: [Part] = []
  /// What is wrong, in the order of the file.
  public private(set) var problems: [Problem] = []

  let image: TableImage
  /// What ``TableText`` calls it.
  let name: String
  var start: Int { image.byteRange.lowerBound }
  var end: Int { image.byteRange.upperBound }

  /// So many parts and problems are kept.
  private static let most = (parts: 1 << 20, problems: 64)

  /// Whether anything is known of tables with this signature.
  public static func knows(_ signature: String) -> Bool { TableLayout.of(signature) != nil }

  /// Follows the lengths of a table; one that isn't known has no parts and no problems.
  public init(_ image: TableImage) {
    self.image = image
    name = image.header.signature
    guard let layout = TableLayout.of(name) else { return }
    if let parts = layout.parts { walk(parts) }
    switch name {
    case "SLIT": checkDistances()
    case "PPTT": checkReferences()
    case "HMAT": checkMatrices()
    case "DMAR": checkScopes()
    default: break
    }
  }

  /// The part in which `offset` of the file lies; nil where it is in none.
  public func part(at offset: Int) -> Part? { parts.first { $0.byteRange.contains(offset) } }

  /// A number of `size` bytes at `offset` of the file; nil where the table ends before.
  func number(_ offset: Int, _ size: Int) -> UInt64? {
    guard offset >= start, offset <= end - size else { return nil }
    return (0..<size).reduce(0) { $0 | UInt64(image.file[offset + $1]) << UInt64(8 * $1) }
  }

  mutating func note(
    _ kind: Problem.Kind, _ message: String, in element: String? = nil, at range: Range<Int>
  ) {
    guard problems.count < Self.most.problems else { return }
    problems.append(
      Problem(
        kind: kind, message: message, element: element, byteRange: range.clamped(to: start..<end)))
  }

  private mutating func walk(_ layout: TableLayout.Parts) {
    var offset = start + layout.first
    if let place = layout.firstAt, let first = number(start + place.offset, place.size) {
      offset = start + Int(clamping: min(first, UInt64(UInt32.max)))
    }
    guard start + layout.first <= end else {
      note(
        .length,
        "\(name) of \(end - start) bytes has no room for its fields, which take \(layout.first)",
        at: start..<end)
      return
    }
    let counted = layout.countAt.flatMap { number(start + $0.offset, $0.size) }
    while offset < end, parts.count < Self.most.parts {
      if let counted, parts.count >= counted { break }
      guard let part = part(at: offset, layout) else { return }
      parts.append(part)
      offset = part.byteRange.upperBound
    }
    guard let counted, parts.count < Self.most.parts, let field = layout.countAt else { return }
    let place = start + field.offset..<(start + field.offset + field.size)
    if parts.count < counted {
      note(
        .count, "\(name) says \(counted) \(layout.name)s, and ends behind \(parts.count)", at: place
      )
    } else if offset < end, image.file[offset..<end].contains(where: { $0 != 0 }) {
      note(
        .count,
        "\(name) says \(counted) \(layout.name)\(counted == 1 ? "" : "s"), and \(end - offset) bytes stand behind",
        at: place)
    }
  }

  /// The part at `offset`; nil where its length leads nowhere.
  private mutating func part(at offset: Int, _ layout: TableLayout.Parts) -> Part? {
    let element = "\(layout.name)[\(parts.count)]"
    var length = layout.size
    if let field = layout.length {
      guard let stated = number(offset + field.offset, field.size) else {
        note(
          .length, "\(end - offset) bytes are too few for a part of \(name)", in: element,
          at: offset..<end)
        return nil
      }
      length = Int(clamping: stated)
      if length < layout.least {
        note(
          .length, "a part of \(name) of \(length) bytes", in: element,
          at: (offset + field.offset)..<(offset + field.offset + field.size))
        return nil
      }
    }
    guard length <= end - offset else {
      note(
        .length, "a part of \(name) of \(length) bytes, and the table ends behind \(end - offset)",
        in: element, at: offset..<end)
      return nil
    }
    let range = offset..<(offset + length)
    let type = layout.type.flatMap { number(offset + $0.offset, $0.size) } ?? 0
    if layout.type != nil {
      if let kind = layout.kinds.first(where: { $0.type == type }) {
        if length < kind.least {
          note(
            .short,
            "a part of \(name) of type \(type), \(kind.name), has \(kind.least) bytes at least: this has \(length)",
            in: element, at: range)
        }
      } else if layout.reserved?.contains(type) ?? false {
        note(.unknownType, "no part of \(name) has the type \(hex(type))", in: element, at: range)
      }
    }
    return Part(element: element, type: type, byteRange: range)
  }
}
