import DeviceTree
import GuestView

/// Where a region states its size.
enum PoolSize {
  /// The size cells of the first entry of `reg`, or `size`.
  static func spot(of region: ReservedRegion, _ view: GuestView) -> Spot? {
    if let reg = region.node.property("reg"), let entry = region.entries.first {
      let address = view.cells(of: view.tree.root).address
      let cells = (entry.cells.lowerBound + address)..<entry.cells.upperBound
      return .cells(reg, cells, "reg[0].size")
    }
    return region.node.property("size").map(Spot.property)
  }
}
