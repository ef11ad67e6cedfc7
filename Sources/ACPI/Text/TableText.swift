/// A table without AML as text: its header, and its fields and parts, one a line.
///
/// What can't be read as its signature wants is shown as bytes.
public struct TableText: Sendable {
  /// A line, and the part that it begins.
  public struct Line: Sendable, Hashable {
    /// The text, without a line break.
    public let text: String
    /// `node[2]`, `entry[0]`; nil of a line that begins none.
    public let element: String?
  }

  /// The signature, without the space that fills `RSD PTR ` up.
  public let signature: String
  /// The lines.
  public private(set) var lines: [Line] = []

  private let image: TableImage
  private let start: Int

  /// The text of a table.
  public init(_ image: TableImage) {
    self.image = image
    signature = image.header.signature.split(separator: " ").joined(separator: " ")
    start = image.byteRange.lowerBound
    let header = image.header
    add("\(signature): \(image.byteRange.count) bytes, revision \(header.revision)")
    add(
      "OEM \(quoted(header.oemID)), table \(quoted(header.oemTableID)), revision \(hex(header.oemRevision))"
    )
    let layout = TableLayout.of(signature)
    guard let layout else {
      bytes(image.bodyByteRange)
      return
    }
    fields(layout.fields, from: start, until: image.byteRange.upperBound, indent: 0)
    if let parts = layout.parts { self.parts(parts, layout) }
  }

  /// All lines, each with a line break.
  public var text: String { lines.map { $0.text + "\n" }.joined() }

  private mutating func add(_ text: String, element: String? = nil) {
    lines.append(Line(text: text, element: element))
  }

  private func number(_ offset: Int, _ size: Int) -> UInt64 {
    (0..<size).reduce(0) { $0 | UInt64(image.file[offset + $1]) << UInt64(8 * $1) }
  }

  private mutating func fields(
    _ fields: [TableLayout.Field], from base: Int, until end: Int, indent: Int
  ) {
    for field in fields where base + field.offset + field.size <= end {
      let offset = base + field.offset
      let value: String
      if field.size == 12 {
        value =
          "space \(image.file[offset]), \(image.file[offset + 1]) bits, access "
          + "\(image.file[offset + 3]), at \(hex(number(offset + 4, 8)))"
      } else {
        value = hex(number(offset, field.size))
      }
      add("\(String(repeating: " ", count: 2 + indent))\(field.name): \(value)")
    }
  }

  /// The parts, as far as their lengths lead.
  private mutating func parts(_ parts: TableLayout.Parts, _ layout: TableLayout) {
    let end = image.byteRange.upperBound
    var offset = start + parts.first
    if let place = parts.firstAt, start + place.offset + place.size <= end {
      offset = start + Int(clamping: number(start + place.offset, place.size))
    }
    var count = 0
    while offset < end, count < 10_000 {
      let left = end - offset
      let length =
        parts.length.map { field -> Int in
          left >= field.offset + field.size
            ? Int(clamping: number(offset + field.offset, field.size)) : 0
        } ?? parts.size
      let type = parts.type.flatMap { field in
        left >= field.offset + field.size ? number(offset + field.offset, field.size) : nil
      }
      let known = parts.kinds.first { $0.type == type } ?? parts.kinds.first { $0.type == nil }
      add(
        "  \(parts.name)[\(count)] at \(hex(offset - start)): "
          + "\(known?.name ?? "type \(type ?? 0)"), \(length) bytes",
        element: "\(parts.name)[\(count)]")
      guard length >= parts.least, length <= left else {
        add("    a length that leads nowhere")
        return
      }
      if let known {
        fields(known.fields, from: offset, until: offset + length, indent: 2)
        if let text = known.text, offset + text < offset + length {
          add("    path: \(quoted(image.file.text(at: (offset + text)..<(offset + length))))")
        }
        if known.hasMappings { mappings(of: offset, length) }
      } else {
        bytes((offset + parts.least)..<(offset + length), indent: 2)
      }
      offset += length
      count += 1
    }
  }

  /// The mappings of ids of a node of IORT.
  private mutating func mappings(of node: Int, _ length: Int) {
    guard length >= 16 else { return }
    let (count, first) = (number(node + 8, 4), number(node + 12, 4))
    for index in 0..<Int(clamping: min(count, 1_000)) {
      let offset = Int(clamping: first) + 20 * index
      guard offset >= 16, offset + 20 <= length else { return }
      let place = node + offset
      let (base, more) = (number(place, 4), number(place + 4, 4))
      add(
        "    ids \(hex(base)) to \(hex(base + more)) become \(hex(number(place + 8, 4))) at "
          + "\(hex(number(place + 12, 4)))" + (number(place + 16, 4) & 1 == 1 ? ", single" : ""))
    }
  }

  private mutating func bytes(_ range: Range<Int>, indent: Int = 0) {
    let space = String(repeating: " ", count: 2 + indent)
    for first in stride(
      from: range.lowerBound, to: min(range.upperBound, range.lowerBound + 4096), by: 16)
    {
      let row = image.file[first..<min(first + 16, range.upperBound)]
      let digits = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      add("\(space)\(hex(first - start)): \(digits.joined(separator: " "))")
    }
    if range.count > 4096 { add("\(space)and \(range.count - 4096) bytes more") }
  }
}
