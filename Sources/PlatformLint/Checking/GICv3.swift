import DeviceTree
import GuestView

/// An enabled GICv3, and its registers as the guest reads them.
struct GICv3 {
  let node: FlattenedTree.Node
  let registers: [RegisterEntry]
  /// `#redistributor-regions`, 1 where the tree doesn't say.
  let regionCount: Int

  /// The size of a redistributor: two frames of 64 KiB.
  ///
  /// **Source:** Linux `drivers/irqchip/irq-gic-v3.c`, `__gic_populate_rdist`.
  static let redistributorSize: UInt64 = 128 << 10

  /// The entries of `reg` behind the distributor that are redistributors.
  var redistributors: ArraySlice<RegisterEntry> { registers.dropFirst().prefix(regionCount) }

  /// Whether `node` is a GICv3 whose specifiers have another length than there is.
  static func hasWrongCells(_ node: FlattenedTree.Node) -> Bool {
    guard node.isCompatible("arm,gic-v3"), let cells = node.property("#interrupt-cells")?.cell(0)
    else { return false }
    return cells != 3 && cells != 4
  }

  static func all(in view: GuestView) -> [GICv3] {
    view.nodes(compatibleWith: "arm,gic-v3").compactMap { node in
      guard view.isEnabled(node) else { return nil }
      let regions = node.property("#redistributor-regions")?.cell(0) ?? 1
      return GICv3(
        node: node, registers: view.registers(of: node), regionCount: Int(regions))
    }
  }
}
