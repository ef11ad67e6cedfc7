import DeviceTree
import GuestView

/// An entry of `iommus` or of `iommu-map`: an IOMMU, and as what it knows a device.
struct IOMMUEntry {
  /// The first requester ID; nil in `iommus`, where there is one device.
  private var first: UInt32?
  private var iommu: String
  private var specifier: [UInt32]
  /// How many requester IDs there are; nil where the property ends before.
  private var length: UInt32?

  /// The entries of `property` in words; the same words for lists that say the same.
  static func words(_ property: FlattenedTree.Property, in view: GuestView) -> [String] {
    let isMap = property.name == "iommu-map"
    let mask = isMap ? property.node.property("iommu-map-mask")?.cell(0) : nil
    var entries: [IOMMUEntry] = []
    var names: [UInt32: (words: String, cells: Int)] = [:]
    var index = 0
    while index < property.cellCount {
      var first: UInt32?
      if isMap {
        first = property.cell(index)
        index += 1
      }
      guard let phandle = property.cell(index) else { break }
      index += 1
      let target = names[phandle] ?? Self.target(phandle, in: view)
      names[phandle] = target
      let end = min(index + target.cells, property.cellCount)
      let specifier = (index..<end).compactMap { property.cell($0) }
      index = end
      var length: UInt32?
      if isMap {
        length = property.cell(index)
        index += 1
      }
      let entry = IOMMUEntry(
        first: first, iommu: target.words, specifier: specifier, length: length)
      // With a mask it matters where an entry starts.
      if mask == nil, let last = entries.indices.last, let both = entries[last].joined(with: entry)
      {
        entries[last] = both
      } else {
        entries.append(entry)
      }
    }
    var words = entries.map(\.words)
    if let mask { words.append("of the bits 0x\(String(mask, radix: 16))") }
    return words
  }

  /// What a phandle leads to, and how many cells follow it.
  private static func target(
    _ phandle: UInt32, in view: GuestView
  ) -> (words: String, cells: Int) {
    guard let node = view.phandles.node(for: phandle) else { return ("nothing", 0) }
    let cells = Int(clamping: node.property("#iommu-cells")?.cell(0) ?? 0)
    return (IOMMUIdentity.words(node, in: view), min(cells, 16))
  }

  /// Both as one, where `next` goes on with the requester IDs and with what they become.
  private func joined(with next: IOMMUEntry) -> IOMMUEntry? {
    guard let first, let length, let nextFirst = next.first, let nextLength = next.length,
      next.iommu == iommu, specifier.count == 1, next.specifier.count == 1,
      UInt64(first) + UInt64(length) == UInt64(nextFirst),
      UInt64(specifier[0]) + UInt64(length) == UInt64(next.specifier[0]),
      case let (sum, overflow) = length.addingReportingOverflow(nextLength), !overflow
    else { return nil }
    var both = self
    both.length = sum
    return both
  }

  private var words: String {
    func hex(_ number: UInt32) -> String { "0x\(String(number, radix: 16))" }
    let specifier = self.specifier.map { " \(hex($0))" }.joined()
    guard let first else { return iommu + specifier }
    let count = length.map { "0x\(String($0, radix: 16)) IDs" } ?? "no length"
    return "\(hex(first)) to \(iommu)\(specifier) for \(count)"
  }
}
