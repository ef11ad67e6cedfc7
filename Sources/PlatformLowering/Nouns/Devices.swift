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
    node.set("reg", reg: [(place.address, place.size)])
    setInterrupts([place.interrupt], of: &node, at: location)
    setCoherency(noun.dmaCoherent, of: &node)
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

  /// States how a device sees memory where that is not what Linux takes for granted: devices of arm64
  /// are not coherent unless they say so, those of riscv64 are.
  ///
  /// **Source:** Linux `drivers/of/address.c`, `of_dma_is_coherent`; `arch/riscv/Kconfig`,
  /// `ARCH_DMA_DEFAULT_COHERENT`.
  private func setCoherency(_ coherent: Bool, of node: inout DraftNode) {
    switch architecture {
    case .arm64: if coherent { node.set("dma-coherent", .empty) }
    case .riscv64: if !coherent { node.set("dma-noncoherent", .empty) }
    }
  }

  /// Where a window is.
  private struct Place {
    var address: GuestAddress
    var size: ByteCount
    var interrupt: Interrupt
    var slot: Int?
  }

  /// 0x100 bytes of registers and the device's configuration.
  ///
  /// **Source:** VIRTIO 1.3, section 4.2.2.
  private static let window = ByteCount.bytes(0x200)

  /// Where the window is: as the description says, or in the next free slot of the machine.
  private mutating func place(of noun: VirtioMMIO) -> Place? {
    let location = noun.declaration.location
    switch (noun.at, noun.interrupt) {
    case (let at?, let interrupt?):
      let slot = slots?.number(at: at)
      let size = slot == nil ? nil : slots?.slots.stride
      return Place(address: at, size: size ?? Self.window, interrupt: interrupt, slot: slot)
    case (nil, nil):
      if let slot = takeSlot() {
        return Place(
          address: slot.place.address, size: slots?.slots.stride ?? Self.window,
          interrupt: slot.place.interrupt, slot: slot.number)
      }
      if let slots {
        mistake(
          "description/no-slot-left", "all \(slots.slots.count) slots of this machine are taken",
          at: location, help: "leave a device out, or place it with 'at:' and 'interrupt:'")
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
