extension SourceWriter {
  /// The column, a tab counting 8, behind which a list goes on in the next line.
  private static let lastColumn = 96

  mutating func write(_ property: FlattenedTree.Property, asStrings: Bool) {
    startLine()
    let name = tree.bytes[property.nameByteRange]
    let defect = putName(name, permitting: NameRules.permits)
    if property.count > 0 {
      put(" = ")
      valueIndent = min(name.count + 3, 40)
      writeValue(property, shape: shape(of: property, asStrings: asStrings))
    } else {
      put(";")
    }
    if defect { putOriginalName(name) }
    put("\n")
  }

  /// The shape of a value that has bytes: what its name says, if its bytes can be that.
  private func shape(of property: FlattenedTree.Property, asStrings: Bool) -> PropertyShape {
    let bytes = property.bytes
    let isCells = property.count % 4 == 0
    let named = PropertyShape.named(property.name)
    switch named {
    case .strings where Self.isStrings(bytes): return .strings
    case .bytes: return .bytes
    case .decimal where isCells: return .decimal
    case .entries where isCells, .cells where isCells: return named ?? .cells
    case nil:
      if asStrings, Self.isStrings(bytes) { return .strings }
      // What can't be cells, and reads as text throughout, is text.
      if !isCells, property.count > 2, Self.isStrings(bytes), Self.isPrintableText(bytes) {
        return .strings
      }
    default: break
    }
    return isCells ? .cells : .bytes
  }

  /// Whether `bytes` end with a NUL and hold text, or are one empty string.
  private static func isStrings(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.last == 0 && (bytes.count == 1 || bytes.first != 0)
  }

  private static func isPrintableText(_ bytes: ArraySlice<UInt8>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0 ? previous == 0 : !isPrintable(byte) { return false }
      previous = byte
    }
    return true
  }

  private mutating func writeValue(_ property: FlattenedTree.Property, shape: PropertyShape) {
    switch shape {
    case .strings: writeStrings(property)
    case .bytes: writeBytes(property)
    case .decimal: writeCells(property, decimal: true)
    case .cells: writeCells(property, decimal: false)
    case .entries(let shape):
      if let layout = EntryLayout(property, shape: shape, index: &index) {
        writeEntries(layout)
      } else {
        writeCells(property, decimal: false)
      }
    }
  }

  private mutating func writeStrings(_ property: FlattenedTree.Property) {
    var isFirst = true
    for text in property.bytes.dropLast().split(separator: 0, omittingEmptySubsequences: false) {
      if !isFirst {
        put(",")
        wrap(before: text.count + 2)
      }
      isFirst = false
      put("\"")
      putString(text)
      put("\"")
    }
    put(";")
  }

  private mutating func putString(_ text: ArraySlice<UInt8>) {
    for byte in text {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      } else {
        putEscaped(byte)
      }
    }
  }

  private mutating func writeBytes(_ property: FlattenedTree.Property) {
    put("[")
    var isFirst = true
    for byte in property.bytes {
      if !isFirst { wrap(before: 2, isInBrackets: true) }
      isFirst = false
      output.append(hexDigit(byte >> 4))
      output.append(hexDigit(byte))
    }
    put("];")
  }

  private mutating func writeCells(_ property: FlattenedTree.Property, decimal: Bool) {
    put("<")
    for position in 0..<property.cellCount {
      if position > 0 { wrap(before: 10, isInBrackets: true) }
      putCell(property.cell(position) ?? 0, decimal: decimal)
    }
    put(">;")
  }

  private mutating func writeEntries(_ layout: EntryLayout) {
    var cell = 0
    var isAnnotated = false
    // Every cell was covered when the layout was made.
    while let entry = layout.entry(at: cell, index: &index) {
      if cell > 0, !isAnnotated { wrap(before: width(entry, of: layout.property)) }
      cell = entry.cells.upperBound
      writeEntry(entry, of: layout.property)
      let isLast = cell == layout.property.cellCount
      put(isLast ? ";" : ",")
      isAnnotated = false
      if options.annotated,
        let words = SourceAnnotation(layout: layout, entry: entry).text(&index)
      {
        putComment(words)
        isAnnotated = true
      }
      if isLast { return }
      if isAnnotated { continueLine() }
    }
  }

  private mutating func writeEntry(
    _ entry: EntryLayout.Entry, of property: FlattenedTree.Property
  ) {
    put("<")
    for position in entry.cells {
      if position > entry.cells.lowerBound { wrap(before: 10, isInBrackets: true) }
      let cell = property.cell(position) ?? 0
      if position == entry.reference, let label = label(phandle: cell) {
        put("&\(label)")
      } else {
        putCell(cell, decimal: false)
      }
    }
    put(">")
  }

  private mutating func putCell(_ cell: UInt32, decimal: Bool) {
    if decimal {
      put(String(cell))
      return
    }
    put("0x")
    var shift = max(0, 28 - cell.leadingZeroBitCount & ~3)
    while shift >= 0 {
      output.append(hexDigit(cell >> UInt32(shift)))
      shift -= 4
    }
  }

  /// A space, or where `width` more columns don't fit, a new line.
  private mutating func wrap(before width: Int, isInBrackets: Bool = false) {
    let column = output.count - lineStart + 7 * depth
    // Far to the right, a line still holds something, or a deep tree would be mostly indentation.
    let lastColumn = max(Self.lastColumn, 8 * depth + valueIndent + 48)
    if column + 1 + width > lastColumn {
      continueLine()
      if isInBrackets { put(" ") }
    } else {
      put(" ")
    }
  }

  /// A new line whose text starts below the value's.
  private mutating func continueLine() {
    put("\n")
    startLine()
    for _ in 0..<valueIndent { put(" ") }
  }

  /// The columns that `entry` takes, counted up to where it fills a line anyway.
  private func width(_ entry: EntryLayout.Entry, of property: FlattenedTree.Property) -> Int {
    var width = 2
    for position in entry.cells.prefix(Self.lastColumn) {
      let cell = property.cell(position) ?? 0
      if position == entry.reference, let label = label(phandle: cell) {
        width += label.utf8.count + 2
      } else {
        width += 3 + max(1, (35 - cell.leadingZeroBitCount) / 4)
      }
    }
    return width
  }

  private func label(phandle: UInt32) -> String? {
    index.node(phandle: phandle).flatMap { labels[$0].first }
  }
}
