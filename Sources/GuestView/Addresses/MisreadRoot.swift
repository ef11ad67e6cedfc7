public import DeviceTree

/// The cells with which a root's children were written, where they are not those that it states.
///
/// A tree whose root states other cells than its author counted with is misread in every address.
/// Nothing else can be said about it then, so what is wrong is told once, and the rest of the tree
/// is read as it was meant.
public struct MisreadRoot: Sendable {
  /// What the root states, or what the guest takes where it states nothing.
  public let stated: CellCounts
  /// With what everything fits.
  public let meant: CellCounts
  /// How many children have an address that fits nothing but ``meant``.
  public let count: Int
  /// The first child that doesn't fit what is stated.
  public let example: FlattenedTree.Node

  /// How many children have to agree: two may be a coincidence.
  private static let fewest = 3
  /// Of so many children one may have a mistake of its own.
  private static let tolerance = 8

  /// Nil where what is stated fits some child, or where nothing fits nearly all of them.
  ///
  /// A child fits if its `reg` is made of whole entries whose first address is that of its name.
  init?(_ tree: FlattenedTree) {
    let root = tree.root
    let stated = CellCounts(
      address: root.property("#address-cells")?.cell(0).map(Int.init) ?? 1,
      size: root.property("#size-cells")?.cell(0).map(Int.init) ?? 1)
    // Asked of every tree: the first children that fit end the search.
    var children: [(reg: FlattenedTree.Property, unit: UInt64)] = []
    for node in root.children {
      guard let reg = node.property("reg"), reg.count > 0, reg.count % 4 == 0,
        let unit = node.unitAddress.flatMap({ UInt64($0, radix: 16) })
      else { continue }
      if Self.fits(reg, unit, stated) { return nil }
      children.append((reg, unit))
    }
    guard children.count >= Self.fewest else { return nil }
    for (address, size) in [(2, 2), (1, 1), (2, 1), (1, 2)] {
      let cells = CellCounts(address: address, size: size)
      let fitting = children.filter { Self.fits($0.reg, $0.unit, cells) }
      let others = children.count - fitting.count
      guard fitting.count >= Self.fewest, others <= children.count / Self.tolerance else {
        continue
      }
      self.stated = stated
      meant = cells
      count = fitting.count
      example = fitting[0].reg.node
      return
    }
    return nil
  }

  private static func fits(
    _ reg: FlattenedTree.Property, _ unit: UInt64, _ cells: CellCounts
  ) -> Bool {
    guard cells.isTranslatable, reg.cellCount % cells.entry == 0,
      reg.number(at: 0, cells: cells.address) == unit
    else { return false }
    return (0..<(reg.cellCount / cells.entry)).allSatisfy { index in
      let first = index * cells.entry
      guard let address = reg.number(at: first, cells: cells.address),
        let size = reg.number(at: first + cells.address, cells: cells.size)
      else { return false }
      return AddressRange(at: address, size: size) != nil
    }
  }
}
