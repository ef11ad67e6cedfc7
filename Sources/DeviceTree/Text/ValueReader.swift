/// Reads the values of a tree for what they consist of: text, numbers, references, bytes.
///
/// What a value is follows from the name of its property, as far as bindings that everybody uses give
/// the name one meaning. It is the same knowledge that ``FlattenedTree/sourceText(options:)`` spells
/// values by.
public struct ValueReader {
  private var index: SourceIndex

  /// A reader of the values of `tree`: one pass over all properties.
  public init(_ tree: FlattenedTree) { index = SourceIndex(tree) }

  /// The node whose phandle is `phandle`; nil where no node has it, or several have.
  public func node(phandle: UInt32) -> FlattenedTree.Node? { index.node(phandle: phandle) }

  /// Whether `node` can be referred to: its phandle is a number that no other node has.
  public func isReferable(_ node: FlattenedTree.Node) -> Bool { index.isReferable(node) }

  /// What the value of `property` consists of.
  public mutating func reading(of property: FlattenedTree.Property) -> ValueReading {
    if property.count == 0 { return ValueReading(.empty) }
    let bytes = property.bytes
    let isCells = property.count % 4 == 0
    switch PropertyShape.named(property.name) {
    case .strings where property.strings != nil: return ValueReading(.strings)
    case .bytes: return ValueReading(.bytes)
    case .decimal where isCells: return ValueReading(.counts)
    case .cells where isCells:
      // It is as good as `phandle` for those who read it, and is not renumbered with it.
      return ValueReading(.cells, isCertain: !property.isNamed("linux,phandle"))
    case .entries(let shape) where isCells: return reading(of: property, shape)
    case nil:
      if Self.holdsText(bytes, isCells: isCells) {
        return ValueReading(.strings, isCertain: !isCells)
      }
      return isCells ? ValueReading(.cells, isCertain: false) : ValueReading(.bytes)
    default: return isCells ? ValueReading(.cells, isCertain: false) : ValueReading(.bytes)
    }
  }

  /// What a list of entries consists of.
  private mutating func reading(
    of property: FlattenedTree.Property, _ shape: EntryShape
  ) -> ValueReading {
    var holdsReferences = true
    switch shape {
    case .registers, .ranges, .interrupts: holdsReferences = false
    case .reference, .specifier, .fixed, .identifierMap, .interruptMap: break
    }
    let unknown = ValueReading(.cells, isCertain: !holdsReferences)
    // The gpios of a hog are numbers of its parent's: kernel binding gpio/gpio-hog.yaml.
    if property.isNamed("gpios"), property.node.has("gpio-hog") { return ValueReading(.cells) }
    guard let layout = EntryLayout(property, shape: shape, index: &index) else { return unknown }
    var result = ValueReading(.cells)
    var cell = 0
    while let entry = layout.entry(at: cell, index: &index) {
      result.entries.append(cell)
      cell = entry.cells.upperBound
      guard holdsReferences else { continue }
      guard let reference = entry.reference, let phandle = property.cell(reference) else {
        return unknown
      }
      // A phandle of 0 is an entry left out.
      if phandle == 0 { continue }
      guard index.node(phandle: phandle) != nil else { return unknown }
      result.references.append(reference)
    }
    return result
  }

  /// Whether `bytes` are strings to all appearances: printable, none empty, a NUL at the end of each.
  ///
  /// A few cells can look like text by accident: four bytes must do so from a letter on.
  private static func holdsText(_ bytes: ArraySlice<UInt8>, isCells: Bool) -> Bool {
    guard bytes.last == 0, bytes.count > 1 else { return false }
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0 ? previous == 0 : !isPrintable(byte) { return false }
      if isCells, previous == 0, byte != 0, !isLetterOrDigit(byte) { return false }
      previous = byte
    }
    return true
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
