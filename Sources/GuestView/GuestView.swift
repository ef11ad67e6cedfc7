public import DeviceTree

/// What a Linux guest makes of a description: its memory, devices, interrupts, and who may DMA where.
///
/// Everything is computed once from the bytes, in time n log n of their number, and stored by the
/// position of the node. Nothing here judges; that is what the rules are for.
///
/// **Source:** Linux 6.12, as each member says.
public final class GuestView: Sendable {
  /// The tree that is seen.
  public let tree: FlattenedTree
  /// What the devices offer, which a device tree can't say; nil where nobody told.
  public let features: DeviceFeatures?
  /// The processor, where the tree tells.
  public let architecture: Architecture?
  /// All phandles.
  public let phandles: PhandleTable
  /// All properties by their names.
  public let propertyIndex: PropertyIndex
  /// Memory as `/memory` nodes describe it, in document order.
  public let memory: [MemoryBank]
  /// All of ``memory`` as one set.
  public let memorySet: RangeSet
  /// What the kernel keeps of it.
  public let usableMemory: UsableMemory
  /// The parameters of the kernel; nil where `/chosen` has none.
  public let commandLine: CommandLine?
  /// What the root's children were written with, where that is not what the root states; the view
  /// then reads the tree as it was meant.
  public let misreadRoot: MisreadRoot?
  /// Whether the tree is an overlay: changes that are laid over a base, and that no guest reads.
  ///
  /// **Source:** libfdt 1.6.1 `fdt_overlay.c`, `overlay_merge`.
  public let isOverlay: Bool
  /// `/reserved-memory`; nil where there is none.
  public let reservedMemory: ReservedMemory?
  /// The initial RAM disk that `/chosen` names.
  public let initialRAMDisk: InitialRAMDisk?
  /// The PCI hosts, disabled ones included, in document order.
  public let pciHosts: [PCIHost]
  /// The enabled `virtio,mmio` nodes, PCI hosts, and functions that have a node, in document order.
  public let dmaDevices: [DMADevice]
  /// Those of ``dmaDevices`` that are `virtio,mmio` nodes.
  public let virtioMMIO: [DMADevice]
  /// The regions that the kernel looks at: the enabled children of `/reserved-memory`.
  ///
  /// None where its cells differ from the root's, since then no number in it means anything.
  public let regions: [ReservedRegion]
  /// The enabled regions that say they are a restricted pool, whatever the kernel makes of them.
  public let restrictedPools: [ReservedRegion]
  /// Who claims which guest-physical addresses.
  public let addressMap: AddressMap

  let states: [NodeState]
  /// The windows of `ranges`, for the buses that have any; nil for an absent or empty `ranges`.
  let busWindows: [BusWindows?]

  /// Looks at `tree` as a guest would.
  ///
  /// Without `features`, devices are taken to offer what they need for the DMA that the tree
  /// describes.
  public init(tree: FlattenedTree, features: DeviceFeatures? = nil) {
    let topology = Topology(tree)
    self.tree = tree
    self.features = features
    architecture = Architecture(tree)
    phandles = topology.phandles
    propertyIndex = PropertyIndex(tree)
    states = topology.states
    busWindows = topology.busWindows
    memory = MemoryBank.all(in: topology)
    memorySet = RangeSet(memory.map(\.range))
    isOverlay = tree.root.children.contains { $0.child("__overlay__") != nil }
    misreadRoot = MisreadRoot(tree)
    commandLine = CommandLine(tree)
    usableMemory = UsableMemory(
      memorySet, in: topology, commandLine: commandLine, architecture: architecture)
    reservedMemory = ReservedMemory(topology)
    initialRAMDisk = InitialRAMDisk(tree)
    pciHosts = PCIHost.all(topology)
    let resolver = DMAResolver(
      topology: topology, features: features, reservedMemory: reservedMemory,
      memory: usableMemory.set, pciHosts: pciHosts,
      isPassthrough: commandLine?.passthrough != nil, isMisread: misreadRoot != nil,
      linearMapEnd: LowMemory.end(of: memorySet, architecture))
    dmaDevices = resolver.devices()
    virtioMMIO = dmaDevices.filter { $0.kind == .virtioMMIO }
    regions = (reservedMemory?.readableRegions ?? []).filter {
      topology[$0.node].isAvailable
    }
    restrictedPools = regions.filter(\.saysRestrictedPool)
    addressMap = AddressMap(
      topology: topology, memory: memory, reservedMemory: reservedMemory,
      initialRAMDisk: initialRAMDisk)
  }

  /// The same questions that the parts ask while the view is being made.
  var topology: Topology {
    Topology(tree: tree, phandles: phandles, states: states, busWindows: busWindows)
  }
}

extension GuestView {
  /// The cells that the children of `node` use, as the guest takes them.
  public func cells(of node: FlattenedTree.Node) -> CellCounts { states[node.index].cells }

  /// Whether `node` and all its ancestors are enabled.
  public func isEnabled(_ node: FlattenedTree.Node) -> Bool { states[node.index].isEnabled }

  /// Whether the `status` of `node` itself is `okay`, `ok` or absent.
  public func isAvailable(_ node: FlattenedTree.Node) -> Bool { states[node.index].isAvailable }

  /// Whether Linux makes a platform device of `node` without a driver's help: enabled, with a
  /// `compatible`, on the root or on a bus that is populated.
  ///
  /// **Source:** Linux `drivers/of/platform.c`, `of_platform_bus_create`.
  public func isInstantiated(_ node: FlattenedTree.Node) -> Bool {
    states[node.index].isInstantiated
  }

  /// Every property of this name, in document order.
  public func properties(named name: String) -> PropertyIndex.Matches {
    propertyIndex.properties(named: name)
  }

  /// Whether `node` is, or stands in, a place where tools keep names and fixups: no device.
  public func isBookkeeping(_ node: FlattenedTree.Node) -> Bool {
    states[node.index].isBookkeeping
  }

  /// Whether `node` is a PCI host or stands below one.
  public func isPCI(_ node: FlattenedTree.Node) -> Bool { states[node.index].isPCI }

  /// The entries of the `reg` of `node`, with what the guest would map.
  public func registers(of node: FlattenedTree.Node) -> [RegisterEntry] {
    topology.registers(of: node)
  }

  /// The node that the interrupts of `node` go to.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`.
  public func interruptParent(of node: FlattenedTree.Node) -> FlattenedTree.Node? {
    topology.interruptParent(of: node)
  }

  /// The interrupts of `node`, as far as they can be resolved.
  public func interrupts(of node: FlattenedTree.Node) -> [InterruptSpecifier] {
    topology.interrupts(of: node)
  }

  /// The `interrupt-map` of `node`; nil where it has none that could be read.
  public func interruptMap(of node: FlattenedTree.Node) -> InterruptMap? {
    InterruptMap(node, topology)
  }

  /// Where the pin of a PCI function leads: 1 for INTA to 4 for INTD; nil where it leads nowhere.
  ///
  /// For functions on the bus of a nexus alone: a pin behind a bridge is another one in front of it.
  ///
  /// **Source:** Linux `drivers/pci/of.c`, `of_irq_parse_pci`.
  public func interrupt(ofPin pin: UInt32, of function: PCIFunction) -> InterruptMap.Row? {
    guard let host = function.node.parent, let map = interruptMap(of: host) else { return nil }
    return map.row(for: [UInt32(function.requesterID) << 8, 0, 0, pin])
  }

  /// The nodes that a list of phandles names, nil for cells that name none.
  public func references(in property: FlattenedTree.Property) -> [FlattenedTree.Node?] {
    (0..<property.cellCount).map { property.cell($0).flatMap(phandles.node(for:)) }
  }

  /// Why no interrupt can be had from `controller`; nil where nothing speaks against it.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_init`, `of_irq_get`.
  public func fault(ofController controller: FlattenedTree.Node) -> ControllerFault? {
    ControllerDrivers.fault(of: controller, topology)
  }

  /// What Linux makes of the node of an IOMMU.
  public func iommuState(of node: FlattenedTree.Node) -> IOMMUState {
    IOMMUDrivers.state(of: node, topology)
  }

  /// The name that Linux gives the device of `node`: `a000000.virtio_mmio`.
  ///
  /// **Source:** Linux `drivers/of/device.c`, `of_device_make_bus_id`.
  public func deviceName(of node: FlattenedTree.Node) -> String {
    guard let address = registers(of: node).first?.range?.first else { return node.name }
    return "\(String(address, radix: 16)).\(node.baseName)"
  }
}
