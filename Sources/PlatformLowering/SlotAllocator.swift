import PlatformDescription

/// Hands out the virtio-mmio slots of a VMM's machine, lowest first, leaving out those that the
/// description placed by hand, by their number or by their address.
struct SlotAllocator {
  /// A slot with its number, as QEMU's `bus=virtio-mmio-bus.N` counts them.
  struct Slot {
    var number: Int
    var place: MMIOSlot
  }

  /// What becomes of a wish for a slot.
  enum Claim {
    case granted(Slot)
    /// The machine has no slot of this number.
    case outOfRange
    /// Another device has it: that one was written here.
    case taken(SourceLocation?)
  }

  let slots: MMIOSlots
  /// The slots that are not for the taking.
  private var wanted: Set<Int> = []
  /// Those that somebody has, with the line of it.
  private var claimed: [Int: SourceLocation?] = [:]
  private var next = 0

  init(_ slots: MMIOSlots, taken elements: [Element]) {
    self.slots = slots
    for wish in elements.slotWishes {
      guard let number = wish.slot ?? wish.at.flatMap(number(at:)) else { continue }
      wanted.insert(number)
      if wish.at != nil { claimed[number] = .some(wish.location) }
    }
  }

  mutating func take() -> Slot? {
    while next < slots.count {
      defer { next += 1 }
      if !wanted.contains(next) { return Slot(number: next, place: slots[next]) }
    }
    return nil
  }

  /// The slot of this number, for the device that was written at `location`.
  mutating func claim(_ number: Int, at location: SourceLocation?) -> Claim {
    guard slots.indices.contains(number) else { return .outOfRange }
    if let other = claimed[number] { return .taken(other) }
    claimed[number] = .some(location)
    return .granted(Slot(number: number, place: slots[number]))
  }

  /// The number of the slot at `address`, where a window placed by hand hits one.
  func number(at address: GuestAddress) -> Int? {
    slots.firstIndex { $0.address == address }
  }
}

/// A virtio device that was placed by hand.
private struct SlotWish {
  var slot: Int?
  var at: GuestAddress?
  var location: SourceLocation?
}

extension [Element] {
  /// Where virtio devices were placed, on buses too.
  fileprivate var slotWishes: [SlotWish] {
    flatMap { element -> [SlotWish] in
      let location = element.declaration.location
      return switch element {
      case .virtioMMIO(let device):
        [SlotWish(slot: device.slot, at: device.at, location: location)]
      case .virtioIOMMU(let iommu):
        [SlotWish(slot: nil, at: iommu.referenceAddress, location: location)]
      case .bus(let bus): bus.elements.slotWishes
      default: []
      }
    }
  }
}
