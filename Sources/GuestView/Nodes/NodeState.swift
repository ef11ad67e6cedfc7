import DeviceTree

/// What the guest makes of one node by itself and its ancestors.
struct NodeState: Sendable {
  /// The cells of its children.
  var cells = CellCounts.linuxDefault
  /// Its own `status` is `okay` or `ok`, or there is none.
  var isAvailable = true
  /// It and all its ancestors are available.
  var isEnabled = true
  /// It is, or stands in, what tools keep of labels and fixups.
  var isBookkeeping = false
  /// Linux makes a platform device of it without a driver's help.
  var isInstantiated = false
  /// Linux makes platform devices of its children.
  var isPopulatedBus = false
  /// It stands below a PCI host, or is one.
  var isPCI = false
  /// How many cells an interrupt specifier of its takes, 1 to 16 (`MAX_PHANDLE_ARGS`); 0 where it
  /// takes no interrupts.
  var interruptCells: UInt8 = 0
  /// It is a GIC, whose specifiers have a meaning that is known here.
  var isGIC = false
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

  /// Nodes in which tools keep what they know of labels, and which are no devices.
  private static let bookkeeping = [
    "__symbols__", "__fixups__", "__local_fixups__", "__overrides__",
  ]

  /// `rootCells` stands in for what a misread root states.
  static func all(
    of tree: FlattenedTree, _ index: PropertyIndex, _ compatibles: CompatibleIndex,
    rootCells: CellCounts? = nil
  ) -> [NodeState] {
    var states = own(tree, index, compatibles)
    // Below the root, what the ancestors say is added; they come first in document order.
    states[0].isEnabled = true
    states[0].isInstantiated = true
    states[0].isPopulatedBus = true
    states[0].isPCI = false
    states[0].cells = rootCells ?? states[0].cells.completed(by: .linuxDefault)
    for node in 1..<max(states.count, 1) {
      let parent = states[tree.parent(ofNodeAt: node) ?? 0]
      states[node].inherit(from: parent)
    }
    return states
  }

  /// What the nodes say themselves: `isInstantiated` is set of those with a `compatible`,
  /// `isPopulatedBus` of those that are a bus, `isPCI` of those of that type, and cells that aren't
  /// stated are -1.
  private static func own(
    _ tree: FlattenedTree, _ index: PropertyIndex, _ compatibles: CompatibleIndex
  ) -> [NodeState] {
    var initial = NodeState()
    initial.cells = .unstated
    var states = [NodeState](repeating: initial, count: tree.nodeCount)
    for property in index.properties(named: "#address-cells") {
      guard let cell = property.cell(0) else { continue }
      let node = tree.node(ofPropertyAt: property.index)
      states[node].cells = CellCounts(address: Int(cell), size: states[node].cells.size)
    }
    for property in index.properties(named: "#size-cells") {
      guard let cell = property.cell(0) else { continue }
      let node = tree.node(ofPropertyAt: property.index)
      states[node].cells = CellCounts(address: states[node].cells.address, size: Int(cell))
    }
    // **Source:** Linux `drivers/of/base.c`, `__of_device_is_status`.
    for property in index.properties(named: "status") {
      states[tree.node(ofPropertyAt: property.index)].isAvailable =
        property.startsWithString("okay") || property.startsWithString("ok")
    }
    for property in index.properties(named: "device_type")
    where property.isString("pci") || property.isString("pciex") {
      states[tree.node(ofPropertyAt: property.index)].isPCI = true
    }
    for property in index.properties(named: "compatible") {
      states[tree.node(ofPropertyAt: property.index)].isInstantiated = true
    }
    for bus in buses {
      for node in compatibles.nodes(listing: bus) { states[node.index].isPopulatedBus = true }
    }
    for property in index.properties(named: "#interrupt-cells") {
      let cells = property.cell(0) ?? 0
      states[tree.node(ofPropertyAt: property.index)].interruptCells =
        cells <= 16 ? UInt8(cells) : 0
    }
    for controller in GICInterrupt.controllers {
      for node in compatibles.nodes(listing: controller) {
        states[node.index].isGIC = node.property("#interrupt-cells")?.cell(0) ?? 0 >= 3
      }
    }
    for child in tree.root.children where bookkeeping.contains(where: child.isNamed) {
      states[child.index].isBookkeeping = true
    }
    return states
  }

  private mutating func inherit(from parent: NodeState) {
    cells = cells.completed(by: parent.cells)
    isBookkeeping = isBookkeeping || parent.isBookkeeping
    isEnabled = parent.isEnabled && isAvailable && !isBookkeeping
    isInstantiated = isInstantiated && parent.isPopulatedBus && isEnabled
    isPopulatedBus = isPopulatedBus && isInstantiated
    isPCI = isPCI || parent.isPCI
  }
}

extension CellCounts {
  /// What stands for counts that a node doesn't state.
  fileprivate static let unstated = CellCounts(address: -1, size: -1)

  /// These counts, and those of the bus above where one isn't stated.
  fileprivate func completed(by above: CellCounts) -> CellCounts {
    CellCounts(address: address < 0 ? above.address : address, size: size < 0 ? above.size : size)
  }
}
