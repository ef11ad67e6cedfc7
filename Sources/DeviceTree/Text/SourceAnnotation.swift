/// What stands behind an entry in annotated text.
struct SourceAnnotation {
  let layout: EntryLayout
  let entry: EntryLayout.Entry

  /// The words, or nil where there is nothing to say.
  func text(_ index: inout SourceIndex) -> String? {
    let property = layout.property
    switch layout.shape {
    case .registers:
      guard let parent = property.node.parent else { return nil }
      let addressCells = Int(index.addressCells(parent))
      let sizeCells = Int(index.sizeCells(parent))
      guard sizeCells > 0,
        let address = property.number(at: entry.cells.lowerBound, cells: addressCells),
        let size = property.number(at: entry.cells.lowerBound + addressCells, cells: sizeCells)
      else { return nil }
      let purpose = Self.purpose(of: property.node).map { ", \($0)" } ?? ""
      let place = Self.isLocal(parent) ? " on the bus" : ""
      return Self.describe(address: address, size: size) + place + purpose
    case .ranges:
      return windowText(index)
    case .interrupts:
      return layout.controller?.describe(cells(entry.cells))
    case .interruptMap, .reference, .identifierMap, .fixed:
      return target(index).map { index.shortPath($0) }
    case .specifier(let cells):
      guard let target = target(index) else { return nil }
      if cells == "#interrupt-cells",
        let interrupt = index.interruptController(at: target)?
          .describe(self.cells(entry.cells.dropFirst()))
      {
        return "\(interrupt) of \(index.shortPath(target))"
      }
      return index.shortPath(target)
    }
  }

  /// Whether addresses below `bus` differ from those that the processors see, or may.
  private static func isLocal(_ bus: FlattenedTree.Node) -> Bool {
    var bus = bus
    while let parent = bus.parent {
      guard bus.property("ranges")?.count == 0 else { return true }
      bus = parent
    }
    return false
  }

  private func target(_ index: SourceIndex) -> FlattenedTree.Node? {
    entry.reference.flatMap { layout.property.cell($0) }.flatMap { index.node(phandle: $0) }
  }

  private func cells(_ range: Range<Int>) -> [UInt32] {
    // More cells than any specifier has are not worth an array.
    range.prefix(8).compactMap { layout.property.cell($0) }
  }

  private func windowText(_ index: SourceIndex) -> String? {
    let property = layout.property
    guard let parent = property.node.parent else { return nil }
    let childCells = Int(index.addressCells(property.node))
    let parentCells = Int(index.addressCells(parent))
    let sizeCells = Int(index.sizeCells(property.node))
    let start = entry.cells.lowerBound
    // PCI's first cell says what kind of address follows.
    // Source: PCI Bus Binding to IEEE 1275, revision 2.1, section 2.2.1.1.
    let isPCI = childCells == 3
    let childStart = isPCI ? start + 1 : start
    guard
      let child = property.number(at: childStart, cells: isPCI ? 2 : childCells),
      let target = property.number(at: start + childCells, cells: parentCells),
      let size = property.number(at: start + childCells + parentCells, cells: sizeCells)
    else { return nil }
    var text = ""
    if isPCI, let first = property.cell(start) {
      let kinds = ["configuration", "I/O", "32-bit memory", "64-bit memory"]
      text = "PCI \(kinds[Int(first >> 24 & 3)])\(first >> 30 & 1 == 1 ? ", prefetchable" : ""): "
    }
    return text + "\(Self.describe(address: child, size: size)) at \(hex(target)) of the parent"
  }

  private static func purpose(of node: FlattenedTree.Node) -> String? {
    guard let compatible = node.property("compatible") else { return nil }
    if compatible.contains("restricted-dma-pool") { return "restricted DMA pool" }
    if compatible.contains("shared-dma-pool") {
      return node.has("reusable") ? "contiguous memory pool" : "shared DMA pool"
    }
    return nil
  }

  /// `0x5f000000..0x5f7fffff, 8 MiB`: the first and the last byte.
  static func describe(address: UInt64, size: UInt64) -> String {
    guard size > 0 else { return "\(hex(address)), empty" }
    let (last, overflow) = address.addingReportingOverflow(size - 1)
    guard !overflow else {
      return "\(hex(address)), \(SizeText.words(UInt128(size))), past 64 bits"
    }
    return "\(hex(address))..\(hex(last)), \(SizeText.words(UInt128(size)))"
  }
}
