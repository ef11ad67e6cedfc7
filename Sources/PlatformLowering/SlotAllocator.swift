import PlatformDescription

/// Hands out the virtio-mmio slots of a VMM's machine, lowest first, leaving out those that the
/// description placed by hand.
struct SlotAllocator {
  /// A slot with its number, as QEMU's `bus=virtio-mmio-bus.N` counts them.
  struct Slot {
    var number: Int
    var place: MMIOSlot
  }

  let slots: MMIOSlots
  private var taken: Set<GuestAddress> = []
  private var next = 0

  init(_ slots: MMIOSlots, taken elements: [Element]) {
    self.slots = slots
    for element in elements {
      switch element {
      case .virtioMMIO(let device): if let at = device.at { taken.insert(at) }
      case .virtioIOMMU(let iommu): if let at = iommu.referenceAddress { taken.insert(at) }
      default: continue
      }
    }
  }

  mutating func take() -> Slot? {
    while next < slots.count {
      defer { next += 1 }
      if !taken.contains(slots[next].address) { return Slot(number: next, place: slots[next]) }
    }
    return nil
  }

  /// The number of the slot at `address`, where a window placed by hand hits one.
  func number(at address: GuestAddress) -> Int? {
    slots.firstIndex { $0.address == address }
  }
}
