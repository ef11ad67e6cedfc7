import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// Lowers what is on one bus; returned are the nodes of the functions that need any.
  mutating func functions(
    _ content: [PCIContent], on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> [DraftNode] {
    var nodes: [DraftNode] = []
    for part in content {
      let node: DraftNode? =
        switch part {
        case .window(let window): misplaced(window, on: bus)
        case .virtioPCI(let noun): self.node(for: noun, on: bus, of: &host)
        case .pciFunction(let noun): self.node(for: noun, on: bus, of: &host)
        case .virtioIOMMU(let noun): self.node(for: noun, on: bus, of: &host)
        case .pciBridge(let noun): self.node(for: noun, on: bus, of: &host)
        }
      if let node { nodes.append(node) }
    }
    return nodes
  }

  private mutating func misplaced(_ window: Window, on bus: PCIBusDraft) -> DraftNode? {
    if !bus.isRoot {
      mistake(
        "description/misplaced", "a window belongs in the braces of the PCI host",
        at: window.location)
    }
    return nil
  }

  /// The address of a function, where there is such a one and nothing else has it.
  mutating func address(
    slot: Int, function: Int, on bus: PCIBusDraft, of host: inout PCIHostDraft,
    at location: SourceLocation?
  ) -> PCIAddress? {
    guard (0...31).contains(slot), (0...7).contains(function) else {
      let isSlot = !(0...31).contains(slot)
      mistake(
        "description/no-such-function",
        isSlot
          ? "there is no slot \(slot) on a PCI bus: 0 to 31"
          : "there is no function \(function) of a PCI device: 0 to 7",
        at: location)
      return nil
    }
    let address = PCIAddress(
      segment: bus.segment, bus: bus.number, device: slot, function: function)
    if let first = host.addresses[address] {
      mistake(
        "description/duplicate-function",
        "two functions of '\(machine.name)' are at slot \(slot), function \(function)"
          + (bus.isRoot ? "" : " of bus \(bus.number)"),
        at: location, help: "give one of them another slot or function",
        related: [.init("the first is here", at: first)])
      return nil
    }
    if let bridge = host.bridge, bus.isRoot, slot == 0, function == 0 {
      mistake(
        "description/duplicate-function", "slot 0 of this machine is \(bridge)", at: location,
        help: "count slots from 1")
    }
    host.addresses[address] = .some(location)
    return address
  }

  private mutating func node(
    for noun: VirtioPCI, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> DraftNode? {
    let location = noun.declaration.location
    check(noun.device, at: location)
    checkFeatures(noun.features + noun.withholding, of: noun.device, at: location)
    guard let address = address(noun, on: bus, of: &host) else { return nil }
    let index = virtio.count
    virtio.append(
      LoweredDevice(
        path: "", deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: offered(
          noun.features, by: noun.device, withholding: noun.withholding,
          isConfined: host.isConfined(noun)),
        slot: nil, transport: .pci(address), regions: host.regions(of: noun),
        backend: noun.backend, location: location))
    if let iommu = host.iommu(of: noun) { endpoints[index] = (iommu, endpoint(of: address)) }
    guard noun.needsNode else {
      virtio[index].hasNode = false
      host.functionIndices.append(index)
      host.partLocations.append(("function " + address.name, location))
      return nil
    }
    var node = self.node(names.virtioPCI, at: address, noun.declaration)
    setMemoryRegion(noun.memoryRegion, names: noun.memoryRegionNames, of: &node, at: location)
    finish(&node)
    node.virtioIndex = index
    return node
  }

  private mutating func node(
    for noun: PlatformDescription.PCIFunction, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> DraftNode? {
    let location = noun.declaration.location
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node", at: location,
        help: Spelling.nodeNameHelp)
      return nil
    }
    guard let address = address(noun, on: bus, of: &host) else { return nil }
    var node = self.node(noun.name, at: address, noun.declaration)
    var compatible = [
      "pci" + String(noun.vendorID, radix: 16) + "," + String(noun.deviceID, radix: 16)
    ]
    if let classCode = noun.classCode {
      if classCode > 0xff_ffff {
        mistake(
          "description/no-such-class", "a class code has 24 bits", at: location,
          help: "write base class, subclass and interface: 0x020000")
      }
      let digits = String(classCode, radix: 16)
      compatible.append(
        "pciclass," + String(repeating: "0", count: max(0, 6 - digits.count)) + digits)
    }
    node.properties.insert(
      DraftProperty(name: "compatible", value: .fixed(.strings(compatible))), at: 0)
    setMemoryRegion(noun.memoryRegion, names: noun.memoryRegionNames, of: &node, at: location)
    add(noun.content, to: &node, replacing: false)
    finish(&node)
    return node
  }

  /// Where a function is, and what it has to do with IOMMUs and interrupts.
  private mutating func address(
    _ noun: some PCIRequester, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> PCIAddress? {
    let location = noun.declaration.location
    if let iommu = noun.iommu { isPlaced(iommu, at: location) }
    if noun.bypassesIOMMU, let iommu = noun.iommu {
      mistake(
        "description/stated-twice", "an IOMMU is in front of this function, and is not",
        at: location, help: "leave '.bypassingIOMMU()' out, or 'iommu:'",
        related: [.init("the IOMMU is declared here", at: iommu.declared)])
    }
    guard
      let address = address(
        slot: noun.slot, function: noun.function, on: bus, of: &host, at: location)
    else { return nil }
    host.requesters.set(host.iommu(of: noun), for: address.requesterID)
    if let interrupt = noun.interrupt {
      note(interrupt, ofSlot: noun.slot, on: bus, of: &host, at: location)
    } else {
      giveInterrupt(toSlot: noun.slot, on: bus, of: &host, at: location)
    }
    return address
  }

  /// The node of a function, with its address in configuration space.
  func node(
    _ name: String, at address: PCIAddress, _ declaration: Declaration, target: Target? = nil
  ) -> DraftNode {
    var node = DraftNode(
      name + "@" + address.unitAddress, declaration: declaration, target: target)
    node.set("reg", .cells([address.configurationCell, 0, 0, 0, 0]))
    return node
  }
}

extension VirtioPCI {
  /// Whether something has to be said about it that only a node can say, or lead to.
  fileprivate var needsNode: Bool {
    !memoryRegion.isEmpty || !memoryRegionNames.isEmpty || declaration.label != nil
      || !declaration.additions.isEmpty || !declaration.allowances.isEmpty
  }
}
