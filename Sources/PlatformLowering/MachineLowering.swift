import DeviceTree
import PlatformDescription

/// Lowers one virtual machine: gathers what the nouns become, then lays it out.
///
/// The order of the root's children is fixed: what the kernel reads first comes first, devices
/// follow in the order of the description.
struct MachineLowering {
  let machine: VirtualMachine
  let names: NodeNames
  private(set) var mistakes: [Mistake] = []

  var chosen = DraftNode("chosen")
  var aliases = DraftNode("aliases")
  var memory: [DraftNode] = []
  var regions: [DraftNode] = []
  /// Processors, firmware, interrupt controller, timer.
  var system: [DraftNode] = []
  var devices: [DraftNode] = []
  /// What was added without having been stated.
  private(set) var defaults: Set<TreeMerge.Default> = []
  /// The virtio devices, by ``DraftNode/virtioIndex``.
  var virtio: [LoweredDevice] = []

  /// The interrupt controller, known before anything refers to it.
  let gic: InterruptController?
  let cpuCount: Int
  var firstSerial: Target?
  /// Nouns that a machine has one of, with the place of the first.
  private var singles: [String: SourceLocation?] = [:]
  private var regionNames: [String: SourceLocation?] = [:]
  private(set) var slots: SlotAllocator?

  init(_ machine: VirtualMachine) {
    self.machine = machine
    switch machine.machine?.kind {
    case nil:
      names = .generic
      elements = machine.elements
    case .qemuVirt?:
      names = .qemuVirt
      let always = machine.machine.map {
        QEMUVirt.elements($0, declaration: machine.declaration)
      }
      elements = (always ?? []) + machine.elements
      slots = SlotAllocator(QEMUVirt.slots, taken: machine.elements)
    }
    gic = elements.lazy.compactMap(InterruptController.init).first
    cpuCount =
      elements.lazy.compactMap { if case .cpus(let cpus) = $0 { cpus.count } else { nil } }.first
      ?? 1
  }

  private let elements: [Element]

  /// Lowers the machine; nil where a mistake leaves nothing to write.
  mutating func lower() -> LoweredMachine? {
    if let preset = machine.machine, preset.cpus > QEMUVirt.maximumCPUs {
      mistake(
        "description/too-many-cpus",
        "this machine has room for \(QEMUVirt.maximumCPUs) processors, not \(preset.cpus)",
        at: machine.declaration.location)
    }
    for element in elements {
      if let node = lower(element) { devices.append(node) }
    }
    var layout = Layout(machine: machine.name)
    let tree = layout.tree(of: root())
    mistakes += layout.mistakes
    guard mistakes.isEmpty else { return nil }
    let found = virtio.enumerated().map { index, device in
      var device = device
      device.path = layout.path(ofVirtioDevice: index) ?? device.path
      return device
    }
    return LoweredMachine(
      name: machine.name, tree: tree, origins: layout.origins, devices: found,
      references: layout.references, labels: layout.labels,
      symbols: Self.symbols(of: tree, labels: layout.labels),
      statedPhandles: layout.statedPhandlePaths, defaults: defaults,
      slots: Set(slots?.slots.map(\.address) ?? []))
  }

  mutating func mistake(
    _ id: String, _ message: String, at location: SourceLocation?, help: String? = nil,
    related: [Mistake.Related] = []
  ) {
    mistakes.append(Mistake(id, message, at: location, help: help, related: related))
  }

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

  /// Where the region of this name was declared; nil for none of this machine.
  func declaration(ofRegion name: String) -> SourceLocation?? { regionNames[name] }

  private mutating func root() -> DraftNode {
    var root = DraftNode("", declaration: machine.declaration)
    root.set("#address-cells", .u32(2))
    root.set("#size-cells", .u32(2))
    root.set("compatible", .strings(machine.compatible ?? ["linux,dummy-virt"]))
    if machine.compatible == nil { noteDefault("compatible", of: "/", machine.declaration) }
    root.set(
      "model", .string(machine.machine == nil ? machine.name : "linux,dummy-virt"))
    noteDefault("model", of: "/", machine.declaration)
    if gic != nil {
      root.set("interrupt-parent", .cells([.phandle(.interruptController)]))
    }
    var chosen = chosen
    if let firstSerial, !chosen.properties.contains(where: { $0.name == "stdout-path" }) {
      chosen.set("stdout-path", .path(firstSerial))
      noteDefault("stdout-path", of: "/chosen", chosen.declaration)
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
    root.children += devices
    finish(&root)
    return root
  }
}
