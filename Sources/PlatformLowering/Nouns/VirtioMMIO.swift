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
    guard let place = place(of: noun) else { return nil }
    let target = Target(noun)
    var node = DraftNode(
      names.virtioMMIO, at: place.address, declaration: noun.declaration, target: target)
    node.set("compatible", .string("virtio,mmio"))
    // 0x100 bytes of registers and the device's configuration: VIRTIO 1.3, section 4.2.2.
    node.set("reg", reg: [(place.address, .bytes(0x200))])
    setInterrupts([place.interrupt], of: &node, at: location)
    if noun.dmaCoherent { node.set("dma-coherent", .empty) }
    if !noun.memoryRegion.isEmpty {
      for reference in noun.memoryRegion { check(reference, at: location) }
      node.set(
        "memory-region", .cells(noun.memoryRegion.map { .phandle(Target($0)) }))
    }
    if !noun.memoryRegionNames.isEmpty {
      if noun.memoryRegionNames.count != noun.memoryRegion.count {
        mistake(
          "description/names-and-regions",
          "\(noun.memoryRegionNames.count) names for \(noun.memoryRegion.count) regions",
          at: location, help: "give each region one name, or none a name")
      }
      node.set("memory-region-names", .strings(noun.memoryRegionNames))
    }
    finish(&node)
    node.virtioIndex = virtio.count
    virtio.append(
      LoweredDevice(
        path: node.name, deviceID: noun.device.deviceID, queues: noun.device.queues,
        features: features(of: noun), slot: place.slot))
    return node
  }

  /// Where the window is: as the description says, or in the next free slot of the machine.
  private mutating func place(
    of noun: VirtioMMIO
  ) -> (address: GuestAddress, interrupt: Interrupt, slot: Int?)? {
    let location = noun.declaration.location
    switch (noun.at, noun.interrupt) {
    case (let at?, let interrupt?):
      return (at, interrupt, slots?.number(at: at))
    case (nil, nil):
      if let slot = takeSlot() { return (slot.place.address, slot.place.interrupt, slot.number) }
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

  /// A name that is taken by another region would send the device's data there.
  private mutating func check(_ reference: Reference, at location: SourceLocation?) {
    guard let name = reference.name, case .some(let declared?) = declaration(ofRegion: name),
      let meant = reference.declared, meant != declared
    else { return }
    mistake(
      "description/other-region", "the region meant here is not the '\(name)' of this machine",
      at: location, help: "put the region that is meant into the machine's memory",
      related: [.init("this one is meant", at: meant), .init("this one is placed", at: declared)])
  }

  /// What the VMM has to offer: the standard, the platform's DMA where it is restricted, and what
  /// the description asks for.
  private func features(of noun: VirtioMMIO) -> [VirtioFeature] {
    var features: Set<VirtioFeature> = [.version1]
    if !noun.memoryRegion.isEmpty { features.insert(.accessPlatform) }
    features.formUnion(noun.features)
    features.subtract(noun.withholding)
    return features.sorted()
  }
}
