import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: SMMUv3) -> DraftNode? {
    let location = noun.declaration.location
    guard let registers = noun.registers ?? machinePCI?.smmu?.registers else {
      mistake(
        "description/no-place",
        "this SMMU has no address, and '\(machine.name)' is no machine with one",
        at: location, help: "say 'at:', 'eventq:' and 'gerror:'")
      return nil
    }
    var node = DraftNode(
      names.smmuv3, at: registers.at, declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .string("arm,smmu-v3"))
    // Two pages of 64 KiB: Arm IHI 0070, section 6.1.
    node.set("reg", reg: [(registers.at, .kib(128))])
    let interrupts = names.smmuInterrupts.compactMap { name in
      registers[name].map { (name: name, interrupt: $0) }
    }
    setInterrupts(interrupts.map(\.interrupt), of: &node, at: location)
    node.set("interrupt-names", .strings(interrupts.map(\.name.rawValue)))
    node.set("#iommu-cells", .u32(1))
    if noun.dmaCoherent {
      node.set("dma-coherent", .empty)
    } else {
      node.omissions.append("dma-coherent")
    }
    finish(&node)
    return node
  }

  /// A virtio-iommu behind registers in memory.
  mutating func node(for noun: VirtioIOMMU) -> DraftNode? {
    let location = noun.declaration.location
    let place: Place?
    switch noun.place {
    case .nextSlot: place = self.place(at: nil, interrupt: nil, location)
    case .mmio(let at, let interrupt): place = self.place(at: at, interrupt: interrupt, location)
    case .pci:
      mistake(
        "description/misplaced", "an IOMMU in a slot belongs in the braces of a PCI host",
        at: location, help: "move it there, or say 'at:' and 'interrupt:' instead of 'slot:'")
      return nil
    }
    guard let place else { return nil }
    var node = mmioNode(at: place, noun.declaration, target: Target(noun))
    node.set("#iommu-cells", .u32(1))
    setCoherency(noun.dmaCoherent, of: &node)
    finish(&node)
    node.virtioIndex = virtio.count
    virtio.append(
      LoweredDevice(
        path: "", deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: offered(noun.features, by: noun.device, withholding: [], isConfined: false),
        slot: place.slot,
        location: location))
    return node
  }

  /// A virtio-iommu that is a function of a PCI device.
  ///
  /// No IOMMU is in front of it: whatever is said of its host, its requester ID is left out.
  ///
  /// **Source:** kernel binding `virtio/pci-iommu.yaml`.
  mutating func node(
    for noun: VirtioIOMMU, on bus: PCIBusDraft, of host: inout PCIHostDraft
  ) -> DraftNode? {
    let location = noun.declaration.location
    guard case .pci(let slot, let function) = noun.place else {
      mistake(
        "description/misplaced", "an IOMMU behind registers in memory is not on a PCI bus",
        at: location, help: "move it into the braces of the machine, or give it a 'slot:'")
      return nil
    }
    guard
      let address = address(slot: slot, function: function, on: bus, of: &host, at: location)
    else { return nil }
    host.requesters.set(nil, for: address.requesterID)
    giveInterrupt(toSlot: slot, on: bus, of: &host, at: location)
    var node = self.node(
      names.virtioIOMMU, at: address, noun.declaration, target: Target(noun))
    node.properties.insert(
      DraftProperty(
        name: "compatible", value: .fixed(.strings(["virtio,pci-iommu", "pci1af4,1057"]))),
      at: 0)
    node.set("#iommu-cells", .u32(1))
    finish(&node)
    node.virtioIndex = virtio.count
    virtio.append(
      LoweredDevice(
        path: "", deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters,
        features: offered(
          noun.features, by: noun.device, withholding: [],
          isConfined: !host.noun.memoryRegion.isEmpty),
        slot: nil, transport: .pci(address), location: location))
    return node
  }

  /// Whether an IOMMU can be referred to; one that is no part of the machine is a mistake.
  @discardableResult
  mutating func isPlaced(_ iommu: Reference, at location: SourceLocation?) -> Bool {
    let target = Target(iommu)
    guard !inventory.iommus.contains(target) else {
      return inventory.placedIOMMUs.contains(target)
    }
    mistake(
      "description/iommu-not-placed",
      "the IOMMU (\(iommu.noun)) that is in front of this is no part of '\(machine.name)'",
      at: location,
      help: "put it into the braces of the machine, or with 'slot:' into those of a PCI host",
      related: [.init("it is declared here", at: iommu.declared)])
    return false
  }

  /// By which ID an IOMMU knows a function.
  func endpoint(of address: PCIAddress) -> UInt32 {
    UInt32(address.segment) << 16 | UInt32(address.requesterID)
  }
}

/// The interrupts of an SMMU, as `interrupt-names` has them.
enum SMMUInterrupt: String {
  case eventq, priq
  case cmdqSync = "cmdq-sync"
  case gerror
}

extension SMMUv3.Registers {
  fileprivate subscript(interrupt: SMMUInterrupt) -> Interrupt? {
    switch interrupt {
    case .eventq: eventq
    case .priq: priq
    case .cmdqSync: cmdqSync
    case .gerror: gerror
    }
  }
}
