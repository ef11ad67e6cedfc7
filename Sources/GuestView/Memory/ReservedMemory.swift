public import DeviceTree

/// `/reserved-memory`, and what the kernel makes of it.
///
/// **Source:** Linux `drivers/of/of_reserved_mem.c`, `fdt_scan_reserved_mem`, which looks at this
/// path alone, and `__reserved_mem_check_root`.
public struct ReservedMemory: Sendable {
  /// Why the kernel ignores the node with everything in it.
  public enum Rejection: Sendable, Hashable {
    /// `#address-cells` or `#size-cells` is missing or differs from the root's.
    case cellsDiffer
    /// `ranges` is missing.
    case withoutRanges
  }

  /// The most dynamic regions that the kernel has room for.
  ///
  /// **Source:** Linux `drivers/of/of_private.h`, `MAX_RESERVED_REGIONS`.
  public static let maximumDynamicRegions = 64

  /// The node.
  public let node: FlattenedTree.Node
  /// Why it is ignored; nil where it is not.
  public let rejection: Rejection?
  /// The children, in document order, the refused ones included.
  public let regions: [ReservedRegion]

  /// The children, or none where the numbers in them can't be read.
  var readableRegions: [ReservedRegion] { rejection == .cellsDiffer ? [] : regions }

  init?(_ topology: Topology) {
    let root = topology.tree.root
    guard let node = root.children.first(where: { $0.hasBaseName("reserved-memory") }) else {
      return nil
    }
    let cells = topology[root].cells
    self.node = node
    if node.property("#address-cells")?.cell(0).map(Int.init) != cells.address
      || node.property("#size-cells")?.cell(0).map(Int.init) != cells.size
    {
      rejection = .cellsDiffer
    } else if !node.has("ranges") {
      rejection = .withoutRanges
    } else {
      rejection = nil
    }
    var regions: [ReservedRegion] = []
    var dynamicCount = 0
    for child in node.children {
      let reader = RegionReader(
        node: child, cells: cells, isAvailable: topology[child].isAvailable,
        isIgnored: rejection != nil)
      regions.append(reader.region(dynamicCount: &dynamicCount))
    }
    self.regions = regions
  }

  /// The region of `node`, where it is one of the children.
  public func region(of node: FlattenedTree.Node) -> ReservedRegion? {
    // Children are in document order.
    var low = 0
    var high = regions.count
    while low < high {
      let middle = (low + high) / 2
      if regions[middle].node.index < node.index { low = middle + 1 } else { high = middle }
    }
    return low < regions.count && regions[low].node == node ? regions[low] : nil
  }
}
