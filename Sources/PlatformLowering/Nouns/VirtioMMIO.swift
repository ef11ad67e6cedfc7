import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func node(for noun: VirtioMMIO) -> DraftNode? {
    let location = noun.declaration.location
    check(noun.device, at: location)
    checkFeatures(of: noun)
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
          """
          \(counted(noun.memoryRegionNames.count, "name")) for \
          \(counted(noun.memoryRegion.count, "region"))
          """,
          at: location, help: "give each region one name, or none a name")
      }
      node.set("memory-region-names", .strings(noun.memoryRegionNames))
    }
    finish(&node)
    node.virtioIndex = virtio.count
    virtio.append(
      LoweredDevice(
        path: node.name, deviceID: noun.device.deviceID, queues: noun.device.queues,
        parameters: noun.device.effectiveParameters, features: features(of: noun), slot: place.slot)
    )
    return node
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// Where the window is: as the description says, or in the next free slot of the machine.
  private mutating func place(
    of noun: VirtioMMIO
  ) -> (address: GuestAddress, interrupt: Interrupt, slot: Int?)? {
    let location = noun.declaration.location
    if let number = noun.slot, noun.at == nil, noun.interrupt == nil {
      return slot(number, for: noun)
    }
    switch (noun.at, noun.interrupt) {
    case _ where noun.slot != nil:
      mistake(
        "description/no-place", "a device is placed by its slot or by its address, not by both",
        at: location, help: "say 'slot:', or 'at:' and 'interrupt:'")
      return nil
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

  /// The slot of the machine that the description names.
  private mutating func slot(
    _ number: Int, for noun: VirtioMMIO
  ) -> (address: GuestAddress, interrupt: Interrupt, slot: Int?)? {
    let location = noun.declaration.location
    switch claimSlot(number, for: noun) {
    case .granted(let slot)?:
      return (slot.place.address, slot.place.interrupt, slot.number)
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

  /// What the VMM has to offer: the standard, the platform's DMA where it is restricted, what
  /// follows from the queues, and what the description asks for; by number.
  private func features(of noun: VirtioMMIO) -> [VirtioFeature] {
    var bits: Set<Int> = [VirtioFeature.version1.bit]
    if !noun.memoryRegion.isEmpty { bits.insert(VirtioFeature.accessPlatform.bit) }
    bits.formUnion(noun.device.impliedFeatures.map(\.bit))
    bits.formUnion(noun.features.map(\.bit))
    bits.subtract(noun.withholding.map(\.bit))
    return bits.sorted().map { .bit($0) }
  }
}
