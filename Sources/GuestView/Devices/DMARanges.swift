public import DeviceTree

/// How bus addresses become guest-physical ones for the DMA of a device.
///
/// **Source:** Linux `drivers/of/address.c`, `of_dma_get_range`: the nearest `dma-ranges` with a
/// value counts, and each of its entries is translated on through those above it.
public struct DMARanges: Sendable {
  /// One entry.
  public struct Window: Sendable {
    /// The first address as the device puts it on the bus.
    public let busAddress: UInt64
    /// The guest-physical addresses behind it.
    public let range: AddressRange
    /// The cells of the entry.
    public let cells: Range<Int>
  }

  /// The property that counts.
  public let property: FlattenedTree.Property
  /// The entries that can be translated, in order.
  public let windows: [Window]

  /// What can be reached.
  public let reachable: RangeSet

  fileprivate init(
    _ property: FlattenedTree.Property, on bus: FlattenedTree.Node, above: FlattenedTree.Node,
    _ topology: Topology
  ) {
    self.property = property
    let child = topology[bus].cells
    let parentCells = topology[above].cells.address
    let hops = Self.hops(from: above, topology)
    guard child.isTranslatable, (1...4).contains(parentCells) else {
      windows = []
      reachable = RangeSet([])
      return
    }
    // The first cell of a PCI address holds the space code, not a part of the number.
    let prefix = topology[bus].isPCI && child.address == 3 ? 1 : 0
    let stride = child.address + parentCells + child.size
    let windows = (0..<(property.cellCount / stride)).compactMap { index -> Window? in
      let first = index * stride
      guard
        let busAddress = property.number(at: first + prefix, cells: child.address - prefix),
        var address = property.number(at: first + child.address, cells: parentCells),
        let size = property.number(at: first + child.address + parentCells, cells: child.size)
      else { return nil }
      for hop in hops {
        guard let next = hop.translate(address, size: size) else { return nil }
        address = next
      }
      guard let range = AddressRange(at: address, size: size) else { return nil }
      return Window(busAddress: busAddress, range: range, cells: first..<(first + stride))
    }
    self.windows = windows
    reachable = RangeSet(windows.map(\.range))
  }

  /// The translations between `bus` and the root.
  ///
  /// **Source:** Linux `drivers/of/address.c`, `of_translate_one`: here a missing property means
  /// the same as an empty one.
  private static func hops(from bus: FlattenedTree.Node, _ topology: Topology) -> [BusWindows] {
    var hops: [BusWindows] = []
    var bus = bus
    while let above = bus.parent {
      if let property = bus.property("dma-ranges"), property.count > 0 {
        hops.append(
          BusWindows(
            property, child: topology[bus].cells,
            parentAddressCells: topology[above].cells.address))
      }
      bus = above
    }
    return hops
  }
}

extension DMARanges {
  /// For every node, the property that counts for the devices on it, read once for each property.
  ///
  /// The bus of the device may lack `dma-ranges`; where a bus above it lacks it too, the search ends.
  struct OfNodes {
    private var ranges: [DMARanges] = []
    /// The position in `ranges` for each node, -1 for none; empty where no property has a value.
    private var nearest: [Int32] = []

    init(_ topology: Topology) {
      let tree = topology.tree
      let properties = topology.properties.properties(named: "dma-ranges")
      guard properties.contains(where: { $0.count > 0 }) else { return }
      let (none, empty): (Int32, Int32) = (-1, -2)
      var own = [Int32](repeating: none, count: tree.nodeCount)
      for property in properties {
        let node = property.node
        guard let above = node.parent else { continue }
        guard property.count > 0 else {
          own[node.index] = empty
          continue
        }
        own[node.index] = Int32(ranges.count)
        ranges.append(DMARanges(property, on: node, above: above, topology))
      }
      // What counts for those below a bus that stands on the node.
      var passedOn = own
      nearest = own
      passedOn[0] = none
      nearest[0] = none
      for node in 1..<max(tree.nodeCount, 1) where own[node] < 0 {
        let above = passedOn[tree.parent(ofNodeAt: node) ?? 0]
        nearest[node] = above
        passedOn[node] = own[node] == empty ? above : none
      }
    }

    subscript(node: FlattenedTree.Node) -> DMARanges? {
      guard !nearest.isEmpty, nearest[node.index] >= 0 else { return nil }
      return ranges[Int(nearest[node.index])]
    }
  }
}
