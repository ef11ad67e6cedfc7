import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: PL011) -> DraftNode {
    let location = noun.declaration.location
    let target = Target(noun)
    var node = DraftNode(
      names.serial, at: noun.at, declaration: noun.declaration, target: target)
    node.set("compatible", .strings(["arm,pl011", "arm,primecell"]))
    node.set("reg", reg: [(noun.at, .kib(4))])
    setInterrupts([noun.interrupt], of: &node, at: location)
    node.set("clocks", .cells([.phandle(.serialClock), .phandle(.serialClock)]))
    node.set("clock-names", .strings(["uartclk", "apb_pclk"]))
    finish(&node)
    if firstSerial == nil {
      firstSerial = target
      system.append(serialClock())
    }
    return node
  }

  /// The clock that a PL011's driver insists on: without `apb_pclk` it does not probe, and the
  /// guest boots without a console.
  ///
  /// **Source:** Linux `drivers/amba/bus.c`, `amba_get_enable_pclk`.
  private func serialClock() -> DraftNode {
    var clock = DraftNode(names.serialClock, target: .serialClock)
    clock.set("compatible", .string("fixed-clock"))
    clock.set("#clock-cells", .u32(0))
    clock.set("clock-frequency", .u32(24_000_000))
    clock.set("clock-output-names", .string("clk24mhz"))
    return clock
  }

  mutating func node(for noun: VirtioMMIO) -> DraftNode? {
    let location = noun.declaration.location
    guard let place = place(at: noun.at, interrupt: noun.interrupt, location) else { return nil }
    var node = mmioNode(at: place, noun.declaration, target: Target(noun))
    if noun.dmaCoherent { node.set("dma-coherent", .empty) }
    setMemoryRegion(noun.memoryRegion, names: noun.memoryRegionNames, of: &node, at: location)
    let index = virtio.count
    if let iommu = noun.iommu {
      if isPlaced(iommu, at: location) {
        endpoints[index] = setIOMMU(Target(iommu), noun.endpoint, of: &node, at: location)
      }
    } else if noun.endpoint != nil {
      mistake(
        "description/endpoint-of-nothing", "this device has an endpoint and no IOMMU",
        at: location, help: "say 'iommu:' too, or leave 'endpoint:' out")
    }
    finish(&node)
    node.virtioIndex = index
    virtio.append(
      LoweredDevice(
        path: node.name, deviceID: noun.device.deviceID, queues: noun.device.queues,
        features: offered(
          noun.features, withholding: noun.withholding,
          isConfined: !noun.memoryRegion.isEmpty || noun.iommu != nil),
        slot: place.slot, location: location))
    return node
  }

  /// Sets `iommus`, with the ID that is stated or the lowest free one.
  private mutating func setIOMMU(
    _ iommu: Target, _ stated: UInt32?, of node: inout DraftNode, at location: SourceLocation?
  ) -> (iommu: Target, endpoint: UInt32)? {
    guard let endpoint = stated ?? inventory.takeEndpoint(of: iommu) else {
      mistake(
        "description/no-endpoint-left", "this IOMMU has no ID left for the device", at: location,
        help: "say 'endpoint:'")
      return nil
    }
    node.set("iommus", .cells([.phandle(iommu), .number(endpoint)]))
    return (iommu, endpoint)
  }

  /// A window for virtio-mmio, with its interrupt.
  struct Place {
    var address: GuestAddress
    var interrupt: Interrupt
    /// The slot of the machine that it is; nil where it is none.
    var slot: Int?
  }

  /// The node of a virtio device behind registers in memory.
  mutating func mmioNode(
    at place: Place, _ declaration: Declaration, target: Target
  ) -> DraftNode {
    var node = DraftNode(
      names.virtioMMIO, at: place.address, declaration: declaration, target: target)
    node.set("compatible", .string("virtio,mmio"))
    // 0x100 bytes of registers and the device's configuration: VIRTIO 1.3, section 4.2.2.
    node.set("reg", reg: [(place.address, .bytes(0x200))])
    setInterrupts([place.interrupt], of: &node, at: declaration.location)
    return node
  }

  /// Where the window is: as the description says, or in the next free slot of the machine.
  mutating func place(
    at address: GuestAddress?, interrupt: Interrupt?, _ location: SourceLocation?
  ) -> Place? {
    switch (address, interrupt) {
    case (let at?, let interrupt?):
      return Place(address: at, interrupt: interrupt, slot: slots?.number(at: at))
    case (nil, nil):
      if let slot = takeSlot() {
        return Place(
          address: slot.place.address, interrupt: slot.place.interrupt, slot: slot.number)
      }
      if let slots {
        mistake(
          "description/no-slot-left", "all \(slots.slots.count) slots of this machine are taken",
          at: location, help: "leave a device out, or place it with 'at:' and 'interrupt:'")
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
