import DeviceTree
import PlatformDescription

/// Lowers one virtual machine: gathers what the nouns become, then lays it out.
///
/// The order of the root's children is fixed: what the kernel reads first comes first, devices
/// follow in the order of the description.
struct MachineLowering {
  let machine: VirtualMachine
  let architecture: Architecture
  let names: NodeNames
  let habits: Habits
  private(set) var mistakes: [Mistake] = []

  var chosen = DraftNode("chosen")
  var aliases = DraftNode("aliases")
  var memory: [DraftNode] = []
  /// Where the memories are, each with its line.
  var memoryRanges: [(first: UInt64, last: UInt64, location: SourceLocation?)] = []
  var reservations: [DeviceTree.MemoryReservation] = []
  var reservationLocations: [SourceLocation?] = []
  var regions: [DraftNode] = []
  /// The names of the restricted pools, by all that they can be referred to as.
  var poolTargets: [Target: String] = [:]
  /// What the machine has shared memory for, in the order of the description.
  var roles: [SharedMemoryRole] = []
  /// The shares that devices name, whether or not the machine has a role in them.
  var namedShares: Set<String> = []
  /// The pools whose size or place is to be computed, in the order of the description, with the memory
  /// whose braces they stand in.
  var computedPools: [(noun: RestrictedDMAPool, bounds: FreeMemory.Bounds?)] = []
  /// Processors, firmware, interrupt controller, timer.
  var system: [DraftNode] = []
  /// What is on the machine's bus, ``Habits/bus``.
  var onBus: [DraftNode] = []
  var devices: [DraftNode] = []
  /// What was added without having been stated.
  private(set) var defaults: Set<TreeMerge.Default> = []
  /// The virtio devices, by ``DraftNode/virtioIndex``.
  var virtio: [LoweredDevice] = []
  /// The IOMMUs in front of virtio devices, by ``DraftNode/virtioIndex``, with what they call them.
  var endpoints: [Int: (iommu: Target, endpoint: UInt32)] = [:]
  /// What is known of PCI hosts and IOMMUs before they are lowered.
  var inventory: PCIInventory
  /// The IOMMUs of pKVM by their numbers, with the place of each.
  var pviommus: [UInt32: SourceLocation?] = [:]
  /// The domains of the hypervisor's IOMMUs, in the order of the description.
  var domains: [IOMMUDomain] = []
  /// The devices behind IOMMUs, once the machine is lowered.
  private(set) var streams: [StreamUse] = []
  /// The numbers of the PCI hosts, with the place of each.
  var pciDomains: [Int: SourceLocation?] = [:]

  /// The interrupt controller, known before anything refers to it.
  let interruptController: InterruptController?
  /// What takes message-signalled interrupts.
  let msiController: MSIController?
  let cpuCount: Int
  /// The most processors of a VMM's machine.
  let maximumCPUs: Int?
  var firstSerial: Target?
  var hasPeripheralClock = false
  /// Nouns that a machine has one of, with the place of the first.
  private var singles: [String: SourceLocation?] = [:]
  private var regionNames: [String: SourceLocation?] = [:]
  private(set) var slots: SlotAllocator?

  init(_ machine: VirtualMachine) {
    self.machine = machine
    let preset = machine.machine.map { Preset($0, adding: machine.elements) }
    self.preset = preset
    architecture = machine.machine?.architecture ?? machine.architecture
    names = preset?.names ?? .generic
    habits = preset?.habits ?? .none
    maximumCPUs = preset?.maximumCPUs
    // What a preset has was written by one line of the description: the VirtualMachine's.
    let parts = preset.map {
      MachineParts($0, stated: machine.elements, at: machine.declaration.location)
    }
    presetElements = (parts?.elements ?? []).map { machine.confidential?.completing($0) ?? $0 }
    busElements = parts?.onBus ?? []
    slots = preset?.slots.map { SlotAllocator($0, taken: machine.elements) }
    let elements = presetElements + busElements + machine.elements
    inventory = PCIInventory(elements)
    msiController = MSIController(elements)
    interruptController = InterruptController(of: elements)
    let cpus = elements.lazy.compactMap { if case .cpus(let cpus) = $0 { cpus } else { nil } }.first
    cpuCount = cpus?.count ?? 1
    // More than there can be are refused where they are written, and never looped over.
    hartCount = cpus?.hart == nil ? 0 : min(max(cpuCount, 0), Self.mostCPUs)
    aplicModes = Set(elements.compactMap { if case .aplic(let it) = $0 { it.mode } else { nil } })
    imsicModes = Set(elements.compactMap { if case .imsic(let it) = $0 { it.mode } else { nil } })
  }

  /// As many processors as anybody has asked for: a limit for loops.
  static let mostCPUs = 4096

  /// Whether tables are made of the machine, whatever it has besides.
  var hasTables = true
  /// The number of RISC-V's harts; none where the processors are others.
  let hartCount: Int
  let aplicModes: Set<PrivilegeMode>
  let imsicModes: Set<PrivilegeMode>
  let preset: Preset?
  /// What the VMM's machine has at the root, and on its bus.
  let presetElements: [Element]
  let busElements: [Element]
  /// The PCI host that the VMM's machine has; nil for none.
  var machinePCI: MachinePCI? { preset?.pci }

  /// Lowers the machine; nil where a mistake leaves nothing to write.
  ///
  /// - Parameter base: The tree that it will be merged onto, where that is known: computed pools lie in its
  ///   memory, and go around what is there.
  /// - Returns: The machine.
  mutating func lower(base: Tree? = nil) -> LoweredMachine? {
    if architecture == .x86_64 {
      mistake(
        "description/no-device-tree",
        "an x86_64 guest finds its devices in ACPI tables, not in a tree",
        at: machine.declaration.location, help: "say 'firmware: .acpi', or leave 'firmware:' out")
      return nil
    }
    if let preset, let machine = machine.machine { check(machine, against: preset) }
    for element in presetElements {
      if let node = lower(element) { devices.append(node) }
    }
    for element in busElements {
      if let node = lower(element) { onBus.append(node) }
    }
    for element in machine.elements {
      guard let node = lower(element) else { continue }
      if habits.bus != nil, element.isPlacedByMachine {
        onBus.append(node)
      } else {
        devices.append(node)
      }
    }
    var root = root()
    checkStreams(in: root)
    streams = streamUses(in: root)
    checkConfidentiality()
    var pools: [ComputedPool] = []
    // A device that could not be lowered would be missing from the sum.
    if mistakes.isEmpty, !computedPools.isEmpty { pools = computePools(in: &root, base: base) }
    var layout = Layout(machine: machine.name, shares: namedShares)
    let tree = tree(of: root, &layout)
    mistakes += layout.mistakes
    if mistakes.isEmpty { mistakes = layout.consequences }
    if mistakes.isEmpty, !roles.isEmpty { checkRoles(in: tree, base: base) }
    guard mistakes.isEmpty else { return nil }
    var lowered = lowered(tree, layout)
    lowered.pools = pools
    return lowered
  }

  /// The tree of a draft of the whole machine.
  func tree(of root: DraftNode, _ layout: inout Layout) -> Tree {
    var tree = layout.tree(of: root)
    tree.memoryReservations = reservations
    tree.bootCPU = machine.bootCPU ?? 0
    return tree
  }

  /// The machine as it is laid out, without its computed pools.
  func lowered(_ tree: Tree, _ layout: Layout) -> LoweredMachine {
    let found = virtio.enumerated().map { index, device in
      var device = device
      device.path = layout.path(ofVirtioDevice: index) ?? device.path
      if let (iommu, endpoint) = endpoints[index], let path = layout.path(of: iommu) {
        device.translation = .init(iommu: path, endpoint: endpoint)
      }
      return device
    }
    return LoweredMachine(
      name: machine.name, tree: tree, origins: layout.origins, devices: found,
      references: layout.references, labels: layout.labels,
      symbols: Self.symbols(of: tree, labels: layout.labels),
      statedPhandles: layout.statedPhandlePaths, defaults: defaults,
      omissions: layout.omissions, bootCPU: machine.bootCPU,
      location: machine.declaration.location, reservationLocations: reservationLocations,
      slots: Set(slots?.slots.map(\.address) ?? []),
      roles: roles.compactMap {
        LoweredRole($0, path: layout.path(of: .region(name: $0.name)))
      }, confidentiality: confidentiality(),
      domains: domains.map { LoweredDomain($0) { layout.path(of: $0) } })
  }

  mutating func mistake(
    _ id: String, _ message: String, at location: SourceLocation?, help: String? = nil,
    related: [Mistake.Related] = []
  ) {
    let mistake = Mistake(id, message, at: location, help: help, related: related)
    // A line of a loop is wrong once, however often it runs.
    if location != nil, mistakes.last == mistake { return }
    mistakes.append(mistake)
  }

  /// Adds mistakes that were found elsewhere.
  mutating func report(_ found: [Mistake]) { mistakes += found }

  /// Whether this is the first noun of its kind; the second of something single is a mistake.
  mutating func isFirst(_ noun: String, at location: SourceLocation?) -> Bool {
    guard let first = singles[noun] else {
      singles[noun] = .some(location)
      return true
    }
    mistake(
      "description/stated-twice", "'\(machine.name)' has more than one \(noun)", at: location,
      help: "keep one of them", related: [.init("the first is here", at: first)])
    return false
  }

  /// Whether this is the first region of its name; references are by name.
  mutating func isFirstRegion(_ name: String, at location: SourceLocation?) -> Bool {
    guard let first = regionNames[name] else {
      regionNames[name] = .some(location)
      return true
    }
    mistake(
      "description/duplicate-name",
      "two regions of '\(machine.name)' are named '\(name)'", at: location,
      help: "give one of them another name",
      related: [.init("the first is here", at: first)])
    return false
  }

  /// Whether this is the machine's first role in a share, and its name is no other region's.
  mutating func isFirstRole(_ noun: SharedMemoryRole) -> Bool {
    let location = noun.declaration.location
    if let first = roles.first(where: { $0.name == noun.name }) {
      mistake(
        "description/stated-twice",
        "'\(machine.name)' has two roles in '\(noun.name)'", at: location,
        help: "keep one of them",
        related: [.init("the first is here", at: first.declaration.location)])
      return false
    }
    // References to the share have the line of its declaration.
    guard isFirstRegion(noun.name, at: location) else { return false }
    regionNames[noun.name] = .some(noun.share.declaration.location)
    return true
  }

  /// Notes that a property is no more than a default, unless the author added one of that name.
  private mutating func noteDefault(
    _ property: String, of node: String, _ declaration: Declaration?
  ) {
    let isStated = (declaration?.additions ?? []).contains {
      if case .property(let added) = $0 { added.name == property } else { false }
    }
    if !isStated { defaults.insert(.init(node: node, property: property)) }
  }

  /// The labels, and the names of regions where they can be labels and no node has them.
  private static func symbols(
    of tree: Tree, labels: [(label: String, path: String)]
  ) -> [(label: String, path: String)] {
    var taken = Set(labels.map(\.label))
    let reserved = tree.root.children.first { $0.name == "reserved-memory" }
    let regions: [(label: String, path: String)] = (reserved?.children ?? []).compactMap { node in
      let name = String(node.name.prefix { $0 != "@" })
      guard Spelling.isLabel(name), taken.insert(name).inserted else { return nil }
      return (name, "/reserved-memory/" + node.name)
    }
    return labels + regions
  }

  mutating func takeSlot() -> SlotAllocator.Slot? { slots?.take() }

  mutating func claimSlot(
    _ number: Int, for noun: VirtioMMIO
  ) -> SlotAllocator.Claim? { slots?.claim(number, at: noun.declaration.location) }

  /// Where the region of this name was declared; nil for none of this machine.
  func declaration(ofRegion name: String) -> SourceLocation?? { regionNames[name] }

  private mutating func root() -> DraftNode {
    var root = DraftNode("", declaration: machine.declaration)
    root.name = ""
    root.set("#address-cells", .u32(2))
    root.set("#size-cells", .u32(2))
    root.set(
      "compatible", .strings(machine.compatible ?? [preset?.compatible ?? "linux,dummy-virt"]))
    if machine.compatible == nil { noteDefault("compatible", of: "/", machine.declaration) }
    root.set("model", .string(preset?.model ?? machine.name))
    noteDefault("model", of: "/", machine.declaration)
    if let interruptController, !interruptController.isNamedByEachDevice {
      root.set("interrupt-parent", .cells([.phandle(.interruptController)]))
    }
    var chosen = chosen
    if let firstSerial, !chosen.properties.contains(where: { $0.name == "stdout-path" }),
      chosen.declaration?.omissions?.contains("stdout-path") != true
    {
      chosen.set("stdout-path", .path(firstSerial))
      noteDefault("stdout-path", of: "/chosen", chosen.declaration)
    }
    let probeOnly = "linux,pci-probe-only"
    if habits.pciProbeOnly, !chosen.properties.contains(where: { $0.name == probeOnly }),
      chosen.declaration?.omissions?.contains(probeOnly) != true
    {
      chosen.set(probeOnly, .u32(1))
      noteDefault(probeOnly, of: "/chosen", chosen.declaration)
    }
    if !chosen.properties.isEmpty || !chosen.children.isEmpty { root.children.append(chosen) }
    if !aliases.properties.isEmpty { root.children.append(aliases) }
    root.children += memory
    if !regions.isEmpty {
      var reserved = DraftNode("reserved-memory")
      // Linux compares both with the root's and wants an empty ranges, or drops the whole node:
      // drivers/of/of_reserved_mem.c, __reserved_mem_check_root.
      reserved.set("#address-cells", .u32(2))
      reserved.set("#size-cells", .u32(2))
      reserved.set("ranges", .empty)
      reserved.children = regions
      root.children.append(reserved)
    }
    root.children += system
    if let name = habits.bus {
      var bus = DraftNode(name)
      bus.set("compatible", .string("simple-bus"))
      bus.set("#address-cells", .u32(2))
      bus.set("#size-cells", .u32(2))
      bus.set("ranges", .empty)
      bus.children = onBus
      root.children.append(bus)
    }
    root.children += devices
    finish(&root)
    return root
  }
}
