import DeviceTree

/// What the guest makes of one node by itself and its ancestors.
struct NodeState: Sendable {
  /// The cells of its children.
  var cells: CellCounts
  /// Its own `status` is `okay` or `ok`, or there is none.
  var isAvailable: Bool
  /// It and all its ancestors are available.
  var isEnabled: Bool
  /// It is, or stands in, what tools keep of labels and fixups.
  var isBookkeeping: Bool
  /// Linux makes a platform device of it without a driver's help.
  var isInstantiated: Bool
  /// Linux makes platform devices of its children.
  var isPopulatedBus: Bool
  /// It stands below a PCI host, or is one.
  var isPCI: Bool
  /// How many cells an interrupt specifier of its takes, 1 to 16 (`MAX_PHANDLE_ARGS`); 0 where it
  /// takes no interrupts.
  var interruptCells: UInt8
  /// It is a GIC, whose specifiers have a meaning that is known here.
  var isGIC: Bool
  /// The node that its interrupts go to; -1 where there is none.
  var interruptParent: Int32 = -1

  /// Buses whose children become devices.
  ///
  /// For `simple-pm-bus` it is a driver of its own that does it.
  ///
  /// **Source:** Linux `drivers/of/platform.c`, `of_default_bus_match_table`;
  /// `drivers/bus/simple-pm-bus.c`.
  private static let buses = [
    "simple-bus", "simple-mfd", "isa", "arm,amba-bus", "simple-pm-bus",
  ]

  /// `rootCells` stands in for what a misread root states.
  static func all(of tree: FlattenedTree, rootCells: CellCounts? = nil) -> [NodeState] {
    var states: [NodeState] = []
    states.reserveCapacity(tree.nodeCount)
    for node in tree.nodes {
      states.append(NodeState(node, parent: node.parent.map { states[$0.index] }))
      if node.index == 0, let rootCells { states[0].cells = rootCells }
    }
    return states
  }

  private init(_ node: FlattenedTree.Node, parent: NodeState?) {
    let above = parent?.cells ?? .linuxDefault
    cells = CellCounts(
      address: node.property("#address-cells")?.cell(0).map(Int.init) ?? above.address,
      size: node.property("#size-cells")?.cell(0).map(Int.init) ?? above.size)
    isAvailable = Self.isAvailable(node)
    let interruptCells = node.property("#interrupt-cells")?.cell(0) ?? 0
    self.interruptCells = interruptCells <= 16 ? UInt8(interruptCells) : 0
    isGIC = interruptCells >= 3 && GICInterrupt.isController(node)
    let compatible = node.property("compatible")
    if let parent {
      // What dtc keeps of labels and fixups stands in nodes that are no devices.
      isBookkeeping =
        parent.isBookkeeping || node.parent?.index == 0 && Self.isBookkeeping(node)
      isEnabled = parent.isEnabled && isAvailable && !isBookkeeping
      isInstantiated = parent.isPopulatedBus && isEnabled && compatible != nil
      isPopulatedBus =
        isInstantiated && Self.buses.contains { compatible?.listsCompatible($0) ?? false }
      let type = node.property("device_type")
      isPCI = parent.isPCI || type?.isString("pci") ?? false || type?.isString("pciex") ?? false
    } else {
      isBookkeeping = false
      isEnabled = true
      isInstantiated = true
      isPopulatedBus = true
      isPCI = false
    }
  }

  /// **Source:** Linux `drivers/of/base.c`, `__of_device_is_status`.
  private static func isAvailable(_ node: FlattenedTree.Node) -> Bool {
    guard let status = node.property("status") else { return true }
    let text = status.bytes.prefix { $0 != 0 }
    return text.elementsEqual("okay".utf8) || text.elementsEqual("ok".utf8)
  }

  private static func isBookkeeping(_ node: FlattenedTree.Node) -> Bool {
    node.isNamed("__symbols__") || node.isNamed("__fixups__")
      || node.isNamed("__local_fixups__") || node.isNamed("__overrides__")
  }
}
