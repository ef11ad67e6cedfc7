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
    for device in elements.virtioDevices {
      guard let number = device.slot ?? device.at.flatMap(number(at:)) else { continue }
      wanted.insert(number)
      if device.at != nil { claimed[number] = .some(device.declaration.location) }
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

extension [Element] {
  /// The virtio devices, on buses too.
  fileprivate var virtioDevices: [VirtioMMIO] {
    flatMap { element -> [VirtioMMIO] in
      switch element {
      case .virtioMMIO(let device): [device]
      case .bus(let bus): bus.elements.virtioDevices
      default: []
      }
    }
  }
}
