import DeviceTree
import Diagnostics

/// Draws places of a tree that has no source: the node, the property, and the cells that are meant.
struct TreeExcerpt {
  private let tree: FlattenedTree
  /// A value of a million cells is not a drawing: this many are shown, around those that are meant.
  private static let shownCells = 16

  init(_ tree: FlattenedTree) { self.tree = tree }

  /// The finding with a drawing of its place and of those of the other parties.
  func drawn(_ finding: Finding) -> Finding {
    var finding = finding
    finding.place.excerpt = excerpt(of: finding.place)
    for index in finding.related.indices {
      finding.related[index].place.excerpt = excerpt(of: finding.related[index].place)
    }
    return finding
  }

  /// A finding about something else, with drawings of the parties in this tree, which findings call `file`.
  func drawnBeside(_ finding: Finding, file: String) -> Finding {
    var finding = finding
    for index in finding.related.indices where finding.related[index].place.file == file {
      finding.related[index].place.excerpt = excerpt(of: finding.related[index].place)
    }
    return finding
  }

  /// A drawing of `place`; nil where it is none of the tree.
  func excerpt(of place: Place) -> Excerpt? {
    guard let path = place.node, let node = tree.node(at: path) else { return nil }
    let name = node.index == 0 ? "/" : node.name
    guard let wanted = place.property else { return Self.excerpt(of: node, called: name) }
    // Siblings may share a name, and so may properties: the bytes tell which one is meant.
    guard let property = Self.property(wanted, at: place.byteOffset, in: node) else { return nil }
    return Excerpt([.init(name + " {"), Self.line(property, place)])
  }

  private static func property(
    _ name: String, at offset: Int?, in node: FlattenedTree.Node
  ) -> FlattenedTree.Property? {
    guard let offset else { return node.property(name) }
    // Found by halves: a node can have a hundred thousand properties, and a finding for each.
    let properties = node.properties
    var low = properties.startIndex
    var high = properties.endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if properties[middle].byteRange.upperBound > offset {
        high = middle
      } else {
        low = middle + 1
      }
    }
    if low < properties.endIndex, properties[low].byteRange.contains(offset),
      properties[low].isNamed(name)
    {
      return properties[low]
    }
    return node.property(name)
  }

  /// A node by itself: its name is meant, and what it is says `compatible`.
  private static func excerpt(of node: FlattenedTree.Node, called name: String) -> Excerpt {
    var lines = [Excerpt.Line(name + " {", mark: 0..<name.unicodeScalars.count)]
    for known in ["compatible", "reg"] {
      if let property = node.property(known) { lines.append(line(property, Place())) }
    }
    return Excerpt(lines)
  }

  private static func line(_ property: FlattenedTree.Property, _ place: Place) -> Excerpt.Line {
    let indent = "    "
    let name = property.name
    guard property.count > 0 else {
      return marked(indent, name, ";", isMarked: place.property != nil)
    }
    guard let cell = place.cell, (0..<property.cellCount).contains(cell) else {
      return marked(indent, name, " = \(value(of: property));", isMarked: place.property != nil)
    }
    let count = min(max(1, (place.byteLength ?? 4) / 4), property.cellCount - cell)
    let cells = cell..<(cell + count)
    return line(indent + name, property, cells: cells)
  }

  private static func marked(
    _ indent: String, _ name: String, _ rest: String, isMarked: Bool
  ) -> Excerpt.Line {
    let start = indent.count
    let end = start + name.unicodeScalars.count + max(0, rest.unicodeScalars.count - 1)
    return .init(indent + name + rest, mark: isMarked ? start..<end : nil)
  }

  /// `reg = <… 0x0 0x5f000000 …>;` with a mark under the cells that are meant.
  private static func line(
    _ start: String, _ property: FlattenedTree.Property, cells: Range<Int>
  ) -> Excerpt.Line {
    let count = property.cellCount
    let first = max(0, min(cells.lowerBound - 4, count - shownCells))
    let last = min(count, first + shownCells)
    var text = start + " = <" + (first > 0 ? "… " : "")
    // What is added from here on is ASCII.
    let others = text.utf8.count - text.unicodeScalars.count
    var mark: Range<Int>?
    for index in first..<max(first, last) {
      if index > first { text += " " }
      let from = text.utf8.count - others
      text += hex(property.cell(index) ?? 0)
      guard cells.contains(index) else { continue }
      mark = (mark?.lowerBound ?? from)..<(text.utf8.count - others)
    }
    return .init(text + (last < count ? " …" : "") + ">;", mark: mark)
  }

  private static func value(of property: FlattenedTree.Property) -> String {
    if let strings = property.strings, strings.allSatisfy({ !$0.isEmpty }) {
      return strings.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
        + (strings.count > 4 ? ", …" : "")
    }
    if property.count % 4 == 0 {
      let cells = (0..<min(property.cellCount, shownCells)).map { hex(property.cell($0) ?? 0) }
      return "<\(cells.joined(separator: " "))\(property.cellCount > shownCells ? " …" : "")>"
    }
    let bytes = property.bytes.prefix(shownCells).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "[\(bytes.joined(separator: " "))\(property.count > shownCells ? " …" : "")]"
  }

  private static func hex(_ cell: UInt32) -> String { "0x" + String(cell, radix: 16) }
}
