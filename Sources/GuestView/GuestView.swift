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
  /// What the guest's kernel was built with; nil where nobody told.
  public let guest: GuestConfiguration?
  /// What the guest was to see, as it was built; nil where nobody told.
  public let expected: GuestView?
  /// Of an overlay, those that are laid over the same base in front of it, in this order, where that is known.
  public let laidBefore: [FlattenedTree]
  /// The processor, where the tree tells.
  public let architecture: Architecture?
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
  /// The PCI functions that have no node and of which only ``features`` tell, host by host.
  public let hiddenFunctions: [DMADevice]
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

  let topology: Topology
  private let enabledProperties: PropertyIndex

  /// Looks at `tree` as a guest would.
  ///
  /// Without `features`, devices are taken to offer what they need for the DMA that the tree
  /// describes; without `guest`, the kernel to have what it needs. `expected` is what it is held against,
  /// `laidBefore` the overlays in front of one.
  public init(
    tree: FlattenedTree, features: DeviceFeatures? = nil, guest: GuestConfiguration? = nil,
    expected: GuestView? = nil, laidBefore: [FlattenedTree] = []
  ) {
    self.expected = expected
    self.laidBefore = laidBefore
    let topology = Topology(tree)
    self.tree = tree
    self.features = features
    self.guest = guest
    architecture = Architecture(tree, topology.compatibles)
    self.topology = topology
    enabledProperties = PropertyIndex(topology.properties) { topology.states[$0].isEnabled }
    memory = MemoryBank.all(in: topology)
    memorySet = RangeSet(memory.map(\.range))
    isOverlay = tree.root.children.contains { $0.child("__overlay__") != nil }
    misreadRoot = MisreadRoot(tree)
    commandLine = CommandLine(tree)
    usableMemory = UsableMemory(
      memorySet, in: topology, commandLine: commandLine, architecture: architecture)
    reservedMemory = ReservedMemory(topology)
    initialRAMDisk = InitialRAMDisk(tree, commandLine)
    pciHosts = PCIHost.all(topology)
    let resolver = DMAResolver(
      topology: topology, features: features, reservedMemory: reservedMemory,
      memory: usableMemory.set, pciHosts: pciHosts,
      isPassthrough: commandLine?.passthrough != nil,
      isTranslating: commandLine?.translating ?? false, isMisread: misreadRoot != nil, guest: guest,
      linearMapEnd: LowMemory.end(of: memorySet, architecture))
    dmaDevices = resolver.devices()
    hiddenFunctions = resolver.hiddenFunctions()
    virtioMMIO = dmaDevices.filter { $0.kind == .virtioMMIO }
    regions = (reservedMemory?.readableRegions ?? []).filter {
      topology[$0.node].isAvailable
    }
    restrictedPools = regions.filter(\.saysRestrictedPool)
    addressMap = AddressMap(
      topology: topology, enabledRegisters: enabledProperties.properties(named: "reg"),
      memory: memory, reservedMemory: reservedMemory, initialRAMDisk: initialRAMDisk,
      pciHosts: pciHosts)
  }
}

extension GuestView {
  /// All phandles.
  public var phandles: PhandleTable { topology.phandles }

  /// All properties by their names.
  public var propertyIndex: PropertyIndex { topology.properties }

  /// All strings of `compatible`.
  public var compatibles: CompatibleIndex { topology.compatibles }

  /// The cells that the children of `node` use, as the guest takes them.
  public func cells(of node: FlattenedTree.Node) -> CellCounts { topology.states[node.index].cells }

  /// Whether `node` and all its ancestors are enabled.
  public func isEnabled(_ node: FlattenedTree.Node) -> Bool {
    topology.states[node.index].isEnabled
  }

  /// The same for the node at a position.
  public func isEnabled(nodeAt index: Int) -> Bool { topology.states[index].isEnabled }

  /// Whether the `status` of `node` itself is `okay`, `ok` or absent.
  public func isAvailable(_ node: FlattenedTree.Node) -> Bool {
    topology.states[node.index].isAvailable
  }

  /// Whether Linux makes a platform device of `node` without a driver's help: enabled, with a
  /// `compatible`, on the root or on a bus that is populated.
  ///
  /// **Source:** Linux `drivers/of/platform.c`, `of_platform_bus_create`.
  public func isInstantiated(_ node: FlattenedTree.Node) -> Bool {
    topology.states[node.index].isInstantiated
  }

  /// Every property of this name, in document order.
  public func properties(named name: String) -> PropertyIndex.Matches {
    propertyIndex.properties(named: name)
  }

  /// Every property of this name in an enabled node, in document order.
  public func enabledProperties(named name: String) -> PropertyIndex.Matches {
    enabledProperties.properties(named: name)
  }

  /// The nodes whose `compatible` lists `text`, as Linux compares it, in document order.
  public func nodes(compatibleWith text: String) -> NodeList {
    topology.compatibles.nodes(listing: text)
  }

  /// The nodes whose `compatible` lists any of `texts`, each once, in document order.
  public func nodes(compatibleWithAny texts: [String]) -> NodeList {
    topology.compatibles.nodes(listingAny: texts)
  }

  /// Whether `node` is, or stands in, a place where tools keep names and fixups: no device.
  public func isBookkeeping(_ node: FlattenedTree.Node) -> Bool {
    topology.states[node.index].isBookkeeping
  }

  /// Whether `node` is a PCI host or stands below one.
  public func isPCI(_ node: FlattenedTree.Node) -> Bool { topology.states[node.index].isPCI }

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

  /// How many cells an interrupt specifier takes that goes to `node`, 1 to 16; 0 where it takes none.
  public func interruptCells(of node: FlattenedTree.Node) -> Int {
    Int(topology[node].interruptCells)
  }

  /// The interrupts of `node`, as far as they can be resolved.
  public func interrupts(of node: FlattenedTree.Node) -> [InterruptSpecifier] {
    topology.interrupts(of: node)
  }

  /// Every interrupt of an enabled node: the property that lists it, its position there, its cells, and
  /// the position of its controller's node.
  public func visitEnabledInterrupts(
    _ body: (FlattenedTree.Property, Int, Range<Int>, Int) -> Void
  ) {
    let extended = enabledProperties(named: "interrupts-extended")
    for property in extended {
      topology.visitInterrupts(property, isExtended: true) { body(property, $0, $1, $2) }
    }
    for property in enabledProperties(named: "interrupts") {
      let node = tree.node(ofPropertyAt: property.index)
      guard extended.property(ofNodeAt: node) == nil else { continue }
      topology.visitInterrupts(property, isExtended: false) { body(property, $0, $1, $2) }
    }
  }

  /// Whether the node at a position is a GIC, to whose specifiers ``GICInterrupt`` gives a meaning.
  public func isGIC(nodeAt index: Int) -> Bool { topology.states[index].isGIC }

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

  /// The name that Linux gives the PCI function `name`, `00:01.0`, of `host`: `0000:00:01.0`.
  ///
  /// **Source:** Linux `drivers/pci/probe.c`, `pci_setup_device`.
  public func deviceName(ofFunction name: String, of host: PCIHost) -> String {
    let domain = String(host.domain ?? 0, radix: 16)
    return String(repeating: "0", count: max(0, 4 - domain.count)) + domain + ":" + name
  }

  /// The name that Linux gives the device of `node`: `a000000.virtio_mmio`, `0000:00:01.0`.
  ///
  /// **Source:** Linux `drivers/of/device.c`, `of_device_make_bus_id`.
  public func deviceName(of node: FlattenedTree.Node) -> String {
    if isPCI(node) {
      for host in pciHosts {
        guard let function = host.functions.first(where: { $0.node == node }) else { continue }
        return deviceName(
          ofFunction: DMADevice.functionName(function.requesterID), of: host)
      }
    }
    guard let address = registers(of: node).first?.range?.first else { return node.name }
    return "\(String(address, radix: 16)).\(node.baseName)"
  }
}
