import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: VirtioMMIO) -> DraftNode? {
    let location = noun.declaration.location
    check(noun.device, at: location)
    checkFeatures(noun.features + noun.withholding, of: noun.device, at: location)
    if noun.acpi != nil, !hasTables {
      mistake(
        "description/no-effect-in-tree",
        "'acpi:' has no effect: '\(machine.name)' has a device tree, and no tables are made of it",
        at: location,
        help: "leave it out, say 'firmware: .acpi', or write tables, too, with --emit dtb,aml")
    }
    guard let place = place(of: noun) else { return nil }
    var node = mmioNode(at: place, noun.declaration, target: Target(noun))
    setCoherency(noun.dmaCoherent, of: &node)
    setMemoryRegion(noun.memoryRegion, names: noun.memoryRegionNames, of: &node, at: location)
    let index = virtio.count
    if let (iommu, endpoint) = endpoint(of: noun) {
      endpoints[index] = (iommu, endpoint)
      node.set("iommus", .cells([.phandle(iommu), .number(endpoint)]))
    }
    finish(&node)
    node.virtioIndex = index
    virtio.append(lowered(noun, at: place, path: node.name))
    return node
  }

  /// What the VMM has to offer for a device.
  func lowered(_ noun: VirtioMMIO, at place: Place, path: String) -> LoweredDevice {
    LoweredDevice(
      path: path, deviceID: noun.device.deviceID, queues: noun.device.queues,
      parameters: noun.device.effectiveParameters,
      features: offered(
        noun.features, by: noun.device, withholding: noun.withholding,
        isConfined: !noun.memoryRegion.isEmpty || noun.iommu != nil),
      slot: place.slot, regions: noun.memoryRegion.compactMap(\.name), backend: noun.backend,
      location: noun.declaration.location)
  }

  /// The IOMMU in front of a device, with the ID that is stated or the lowest free one.
  mutating func endpoint(of noun: VirtioMMIO) -> (iommu: Target, endpoint: UInt32)? {
    let location = noun.declaration.location
    guard let reference = noun.iommu else {
      if noun.endpoint != nil {
        mistake(
          "description/endpoint-of-nothing", "this device has an endpoint and no IOMMU",
          at: location, help: "say 'iommu:' too, or leave 'endpoint:' out")
      }
      return nil
    }
    guard isPlaced(reference, at: location) else { return nil }
    let iommu = Target(reference)
    guard let endpoint = noun.endpoint ?? inventory.takeEndpoint(of: iommu) else {
      mistake(
        "description/no-endpoint-left", "this IOMMU has no ID left for the device", at: location,
        help: "say 'endpoint:'")
      return nil
    }
    return (iommu, endpoint)
  }

  /// States how a device sees memory where that is not what Linux takes for granted: devices of arm64
  /// are not coherent unless they say so, those of riscv64 are.
  ///
  /// **Source:** Linux `drivers/of/address.c`, `of_dma_is_coherent`; `arch/riscv/Kconfig`,
  /// `ARCH_DMA_DEFAULT_COHERENT`.
  func setCoherency(_ coherent: Bool, of node: inout DraftNode) {
    switch architecture {
    case .arm64:
      if coherent {
        node.set("dma-coherent", .empty)
      } else {
        node.omissions.append("dma-coherent")
      }
    case .riscv64: if !coherent { node.set("dma-noncoherent", .empty) }
    case .x86_64, .ppc64, .s390x: break
    }
  }

  /// 0x100 bytes of registers and the device's configuration.
  ///
  /// **Source:** VIRTIO 1.3, section 4.2.2.
  private static let window = ByteCount.bytes(0x200)

  /// A window for virtio-mmio, with its interrupt.
  struct Place {
    var address: GuestAddress
    var size: ByteCount
    var interrupt: Interrupt
    /// The slot of the machine that it is; nil where it is none.
    var slot: Int?

    init(address: GuestAddress, size: ByteCount, interrupt: Interrupt, slot: Int?) {
      self.address = address
      self.size = size
      self.interrupt = interrupt
      self.slot = slot
    }

    init(_ slot: SlotAllocator.Slot, _ slots: SlotAllocator?) {
      self.init(
        address: slot.place.address, size: slots?.slots.stride ?? window,
        interrupt: slot.place.interrupt, slot: slot.number)
    }
  }

  /// The node of a virtio device behind registers in memory.
  mutating func mmioNode(
    at place: Place, _ declaration: Declaration, target: Target
  ) -> DraftNode {
    var node = DraftNode(
      names.virtioMMIO, at: place.address, declaration: declaration, target: target)
    node.set("compatible", .string("virtio,mmio"))
    node.set("reg", reg: [(place.address, place.size)])
    setInterrupts([place.interrupt], of: &node, at: declaration.location)
    return node
  }

  /// Where the window is: in the slot that the description names, where it says, or in the next free
  /// slot of the machine.
  mutating func place(of noun: VirtioMMIO) -> Place? {
    guard let number = noun.slot else {
      return place(at: noun.at, interrupt: noun.interrupt, noun.declaration.location)
    }
    if noun.at == nil, noun.interrupt == nil { return slot(number, for: noun) }
    mistake(
      "description/no-place", "a device is placed by its slot or by its address, not by both",
      at: noun.declaration.location, help: "say 'slot:', or 'at:' and 'interrupt:'")
    return nil
  }

  /// The slot of the machine that the description names.
  private mutating func slot(
    _ number: Int, for noun: VirtioMMIO
  ) -> Place? {
    let location = noun.declaration.location
    switch claimSlot(number, for: noun) {
    case .granted(let slot)?:
      return Place(slot, slots)
    case .outOfRange?:
      mistake(
        "description/no-such-slot",
        "there is no slot \(number): 0 to \((slots?.slots.count ?? 0) - 1)", at: location)
    case .taken(let other)?:
      mistake(
        "description/slot-taken", "slot \(number) has two devices", at: location,
        help: "give one of them another slot, or none, so that the next free one is taken",
        related: [.init("the other one is here", at: other == location ? nil : other)])
    case nil:
      mistake(
        "description/no-place", "'\(machine.name)' is no machine with slots", at: location,
        help: "say 'at:' and 'interrupt:', or describe the machine with 'on:'")
    }
    return nil
  }

  /// Where a window is: as the description says, or in the next free slot of the machine.
  mutating func place(
    at address: GuestAddress?, interrupt: Interrupt?, _ location: SourceLocation?
  ) -> Place? {
    switch (address, interrupt) {
    case (let at?, let interrupt?):
      let slot = slots?.number(at: at)
      return Place(
        address: at, size: slot == nil ? Self.window : slots?.slots.stride ?? Self.window,
        interrupt: interrupt, slot: slot)
    case (nil, nil):
      if let slot = takeSlot() {
        return Place(slot, slots)
      }
      if let slots {
        mistake(
          "description/no-slot-left", "all \(slots.slots.count) slots of this machine are taken",
          at: location,
          help: "leave a device out, or place it with 'at:' and 'interrupt:'; a loop of "
            + "'.unspecified' devices, as an import has it, takes a slot for each")
      } else if machine.machine != nil {
        mistake(
          "description/no-place",
          "this device has no address, and the VMM of '\(machine.name)' has no slots for virtio-mmio",
          at: location,
          help: "its virtio devices are on PCI; say 'at:' and 'interrupt:' for one that isn't")
      } else {
        mistake(
          "description/no-place",
          "this device has no address, and '\(machine.name)' is no machine with slots",
          at: location, help: "say 'at:' and 'interrupt:', or describe the machine with 'on:'")
      }
      return nil
    case (nil, _), (_, nil):
      mistake(
        "description/no-place", "a device is placed with both an address and an interrupt",
        at: location, help: "say 'at:' and 'interrupt:', or neither")
      return nil
    }
  }
}
