import ACPI
import PlatformDescription

/// Lowers one virtual machine to ACPI tables: an SSDT with its devices, and what PCI and IOMMUs need
/// besides.
///
/// What is checked and allocated alike for trees, places, slots, features and PCI addresses, is left to
/// ``MachineLowering``.
struct TableLowering {
  let machine: VirtualMachine
  let options: TableOptions
  /// What trees and tables have in common.
  var shared: MachineLowering
  private var names: ObjectNames
  /// The next `_UID` of each `_HID`.
  private var nextUID: [String: UInt64] = [:]
  /// Where references lead.
  private(set) var paths: [Target: NamePath] = [:]
  /// The names of the elements that become devices, in their order; nil for the others.
  private var elementNames: [NameSegment?] = []
  /// What is described: the elements, and of a complete set what the VMM's machine has besides.
  let elements: [Element]
  /// How many of ``elements`` are the machine's, in front of the others.
  let machineElementCount: Int

  /// The devices, in order.
  var devices: [DeviceDraft] = []
  /// What is added to objects of the VMM's own tables.
  var additions: [(path: NamePath, terms: [Term])] = []
  /// The configuration spaces of PCI hosts.
  var configurationSpaces: [ConfigurationSpaceEntry] = []
  /// The devices that properties refer to.
  var referenced: Set<NamePath> = []
  /// What holds the devices of a compact table; nil for `\_SB` itself.
  var container: NameSegment?
  /// The names of those devices.
  var heldNames: Set<NameSegment> = []
  /// What the IOMMUs are told.
  var translations = TranslationDraft()
  /// The regions that have no effect, with the place of each and what names it.
  private var regions: [(name: String, location: SourceLocation?)] = []
  /// The findings that parts accept, with the path in `\_SB` of what each became.
  var allowances: [(path: NamePath?, table: String?, Allowance, SourceLocation?)] = []
  /// Where the machine's devices were put by hand.
  var places: [PlacedWindow] = []
  /// The regions that IORT tells of.
  private var ranges: [ReservedMemory] = []
  private var regionUsers: [String: [SourceLocation?]] = [:]

  init(_ machine: VirtualMachine, _ options: TableOptions) {
    self.machine = machine
    self.options = options
    shared = MachineLowering(machine)
    let parts = machine.hasCompleteTables ? shared.presetElements + shared.busElements : []
    elements = parts + machine.elements
    machineElementCount = parts.count
    let stated = elements.compactMap { element in
      Self.statedName(of: element, of: machine).flatMap { try? NameSegment($0) }
    }
    names = ObjectNames(taken: Set(stated))
  }

  /// Whether the tables are all that the guest has, and the VMM has none of its own.
  var isComplete: Bool { machine.hasCompleteTables }

  /// Whether the VMM's own tables tell of what its machine has.
  var isBesideOthers: Bool { machine.machine != nil && !isComplete }

  /// What is wrong.
  var mistakes: [Mistake] { shared.mistakes }

  mutating func mistake(
    _ id: String, _ message: String, at location: SourceLocation?, help: String? = nil,
    related: [Mistake.Related] = []
  ) {
    shared.mistake(id, message, at: location, help: help, related: related)
  }

  /// Lowers the machine; nil where something is wrong with it.
  mutating func lower() -> LoweredTables? {
    guard canHaveTables() else { return nil }
    nameElements()
    for (index, element) in elements.enumerated() {
      if index < machineElementCount, !element.hasForm { continue }
      let before = devices.count
      lower(element, elementNames[index])
      if index >= machineElementCount { notePlaces(of: element, from: before) }
      noteAllowances(of: element, became: devices.dropFirst(before).first?.path)
    }
    if isComplete { lowerSystem() }
    for range in ranges { lowerReservedRange(range) }
    reportRegions()
    checkPlaces()
    checkTranslations()
    // Of a machine that has a tree, too, it is said there.
    if !machine.hasTree { shared.checkConfidentiality() }
    guard mistakes.isEmpty else { return nil }
    let tables = self.tables()
    guard mistakes.isEmpty else { return nil }
    guard !tables.isEmpty else {
      mistake(
        "description/no-tables",
        "nothing that '\(machine.name)' describes is told in tables besides the VMM's own",
        at: machine.declaration.location,
        help: shared.virtio.isEmpty
          ? "add a device, as VirtioMMIO with 'at:' or an ACPIDevice"
          : "say 'acpi: .prp0001' of a virtio device in a slot, which the VMM's own tables have as LNRO0005, "
            + "or add a device that is in none")
      return nil
    }
    // What has no encoding is found here, not when somebody writes files.
    for table in tables {
      do { _ = try table.bytes() } catch {
        mistake(
          "description/no-encoding", "the \(table.signature) can't be written: \(error)",
          at: machine.declaration.location)
        return nil
      }
    }
    return LoweredTables(
      name: machine.name, tables: tables, devices: virtio, objects: objects,
      roles: shared.roles.compactMap { LoweredRole($0, path: nil) },
      confidentiality: shared.confidentiality(), accepted: accepted, hasTree: machine.hasTree,
      isComplete: isComplete,
      memory: elements.compactMap {
        guard case .memory(let noun) = $0 else { return nil }
        return AddressRange(at: noun.at, size: noun.size)
      })
  }

  private var objects: [LoweredTables.DeviceObject] {
    let held = Dictionary(
      devices.map { ($0.path.description, writtenPath(of: $0.path).description) }
    ) { first, _ in first }
    return devices.map { device in
      var object = device.object
      object.path = held[object.path] ?? object.path
      return object
    }
  }

  /// The virtio devices, with what an IOMMU calls them.
  private var virtio: [LoweredDevice] {
    let written = Dictionary(
      zip(devices.map(\.path.description), objects.map(\.path)),
      uniquingKeysWith: { first, _ in first })
    return shared.virtio.enumerated().map { index, device in
      var device = device
      device.path = written[device.path] ?? device.path
      if let (iommu, endpoint) = shared.endpoints[index],
        let name = translations.name(of: iommu)
          ?? paths[iommu].map({ writtenPath(of: $0) })?.description
      {
        device.translation = .init(iommu: name, endpoint: endpoint)
      }
      return device
    }
  }

  private mutating func canHaveTables() -> Bool {
    let location = machine.declaration.location
    let declaration = machine.declaration
    if !machine.hasTree,
      machine.compatible != nil || machine.bootCPU != nil || declaration.omissions != nil
        || !declaration.additions.isEmpty
    {
      mistake(
        "description/no-node", "'\(machine.name)' has no tree, and so no root node to say this of",
        at: location,
        help:
          "leave 'compatible:', '.bootCPU', '.omitting' and '.adding' out, or say these of a device"
      )
    }
    if isComplete, machine.architecture != .arm64 {
      mistake(
        "description/no-acpi-form",
        "a complete set of tables is made of an arm64 machine's nouns, and '\(machine.name)' is "
          + machine.architecture.rawValue, at: location,
        help: "say 'firmware: .acpi', and leave processors and controllers to the VMM's own tables")
      return false
    }
    if isComplete { return true }
    switch machine.machine?.kind {
    case nil, .qemuVirt, .qemuVirtRISCV64, .cloudHypervisor: return true
    case .crosvm, .firecracker, .kvmtool:
      mistake(
        "description/no-tables", "the VMM of '\(machine.name)' gives its guests no ACPI tables",
        at: location, help: "leave 'firmware: .acpi' out")
      return false
    }
  }

  // MARK: Names

  private mutating func nameElements() {
    var seen: [NameSegment: SourceLocation?] = [:]
    for element in elements {
      guard becomesObject(element) else {
        elementNames.append(nil)
        continue
      }
      let declaration = element.declaration
      var name: NameSegment?
      if let stated = Self.statedName(of: element, of: machine) {
        name = self.name(stated, at: declaration.location, &seen)
      } else {
        name = take(at: declaration.location)
      }
      elementNames.append(name)
      guard let name else { continue }
      let path = NamePath(absolute: ["_SB", name])
      if let component = element.component as? any Referable { set(path, for: Target(component)) }
      if let label = declaration.label { set(path, for: .label(name: label.name)) }
      if case .pciHostBridge(let host) = element { noteLabels(of: host.content, in: path) }
    }
  }

  /// The name that the description gives an object; where there is a tree, too, `.named` is about nodes.
  private static func statedName(of element: Element, of machine: VirtualMachine) -> String? {
    guard element.becomesObject || machine.hasCompleteTables else { return nil }
    if case .acpiDevice = element { return element.declaration.name }
    return machine.hasTree ? nil : element.declaration.name
  }

  private mutating func name(
    _ text: String, at location: SourceLocation?, _ seen: inout [NameSegment: SourceLocation?]
  ) -> NameSegment? {
    // ACPI 6.5, section 5.3: names that begin so are those of the specification.
    if text.hasPrefix("_"), (try? NameSegment(text)) != nil {
      mistake(
        "description/invalid-name",
        "'\(text)' can't name a device: names that begin with _ are those of the specification",
        at: location, help: "use one to four of A to Z, 0 to 9 and _, a letter first")
      return nil
    }
    guard let name = try? NameSegment(text) else {
      mistake(
        "description/invalid-name", "'\(text)' can't name a device of the namespace", at: location,
        help: "use one to four of A to Z, 0 to 9 and _, a letter first")
      return nil
    }
    if let first = seen[name] {
      mistake(
        "description/duplicate-name", "two devices of '\(machine.name)' are named '\(name.text)'",
        at: location, help: "give one of them another name",
        related: [.init("the first is here", at: first)])
    }
    seen[name] = .some(location)
    return name
  }

  /// The next free name of an object; without one there is a mistake.
  mutating func take(at location: SourceLocation?) -> NameSegment? {
    if let name = names.take() { return name }
    mistake(
      "description/too-many-devices", "there are no names left for devices of '\(machine.name)'",
      at: location, help: "there are names for 1,073,088 devices")
    return nil
  }

  /// The next `_UID` of devices with this `_HID`.
  mutating func takeUID(of hardwareID: String) -> UInt64 {
    defer { nextUID[hardwareID, default: 0] += 1 }
    return nextUID[hardwareID, default: 0]
  }

  /// Starts the `_UID`s of a `_HID` at `first`, because the VMM's own tables have those below.
  mutating func skipUIDs(of hardwareID: String, below first: UInt64) {
    nextUID[hardwareID] = max(nextUID[hardwareID] ?? 0, first)
  }

  /// Notes where a reference leads; of several things that look alike, to the first.
  mutating func set(_ path: NamePath, for target: Target) {
    if paths[target] == nil { paths[target] = path }
  }

  // MARK: Regions

  /// Notes a region that the guest will take no notice of.
  mutating func note(region name: String, at location: SourceLocation?) {
    regions.append((name, location))
  }

  /// Notes a region that devices reach through an SMMU.
  mutating func note(range: ReservedMemory) { ranges.append(range) }

  /// Notes that something names regions.
  mutating func note(regions references: [Reference], of location: SourceLocation?) {
    for reference in references { regionUsers[reference.name ?? "", default: []].append(location) }
  }

  /// Says which regions have no effect, each with what names it.
  private mutating func reportRegions() {
    // Who names memory that IORT tells of, has it as in a tree.
    for range in ranges { regionUsers[range.name] = nil }
    for region in regions {
      let users = regionUsers.removeValue(forKey: region.name) ?? []
      if let kind = machine.confidential, kind.bouncesEverything {
        mistake(
          "description/pool-pointless",
          "'\(region.name)' has no effect: a guest \(kind.words) bounces all DMA through Linux's default pool",
          at: region.location,
          help: "leave it out; 'swiotlb=' on the kernel's command line says how large that pool is",
          related: users.map { .init("this device names it", at: $0) })
        continue
      }
      mistake(
        "description/no-effect-under-acpi",
        "'\(region.name)' has no effect: under ACPI Linux keeps no memory for devices, and ties none to a pool",
        at: region.location,
        help: "describe the machine with a device tree, or put an IOMMU in front of its devices",
        related: users.map { .init("this device would reach all of memory", at: $0) })
    }
    for name in regionUsers.keys.sorted() {
      for location in regionUsers[name] ?? [] {
        mistake(
          "description/no-effect-under-acpi",
          "'memory-region' has no effect: under ACPI Linux ties no device to a pool", at: location,
          help: "describe the machine with a device tree, or put an IOMMU in front of the device")
      }
    }
  }
}

extension VirtualMachine {
  /// Whether its guest is told by a device tree that is made here what it has.
  var hasTree: Bool {
    !isDescribedByVMM
      && (firmware ?? (architecture == .x86_64 ? .acpi : .deviceTree)) == .deviceTree
  }

  /// Whether its tables are all that there are.
  var hasCompleteTables: Bool { firmware == .hardwareReducedACPI }
}
