import DeviceTree
import GuestView

/// The cells of an overlay that are phandles by the name of their property.
enum OverlayReferences {
  /// One of them.
  struct Reference {
    let property: FlattenedTree.Property
    let cell: Int
    let phandle: UInt32

    var spot: Spot { .element(property, cell, cells: cell..<(cell + 1)) }
  }

  /// Lists of phandles alone, in which every cell is one.
  private static let plain = [
    "interrupt-parent", "memory-region", "msi-parent", "next-level-cache", "operating-points-v2",
    "phy-handle", "remote-endpoint", "target",
  ]

  /// Lists in which cells follow a phandle: how many, the base may say, so only the first counts.
  private static let withArguments =
    ReferenceProperties.kinds.compactMap { $0.cells == nil ? nil : $0.name } + ["iommus"]

  /// All of them, in the order of the file.
  static func all(in view: GuestView) -> [Reference] {
    var references: [Reference] = []
    for (names, isPlain) in [(plain, true), (withArguments, false)] {
      for name in names {
        for property in view.properties(named: name) where !view.isBookkeeping(property.node) {
          let cells = isPlain ? property.cellCount : min(1, property.cellCount)
          for cell in 0..<cells {
            guard let phandle = property.cell(cell) else { continue }
            references.append(Reference(property: property, cell: cell, phandle: phandle))
          }
        }
      }
    }
    return references.sorted { ($0.property.index, $0.cell) < ($1.property.index, $1.cell) }
  }
}
