import PlatformDescription

/// Addresses that a description gives a device.
struct PlacedWindow {
  var range: AddressRange
  var location: SourceLocation?
}

extension TableLowering {
  /// Notes where a device was put that isn't a part of the VMM's machine.
  mutating func notePlaces(of element: Element, from first: Int) {
    // Of a machine that has a tree, too, the checker judges what the tree says.
    guard !machine.hasTree else { return }
    if case .pciHostBridge = element { return }
    if let preset = shared.preset, preset.has(element) { return }
    for device in devices.dropFirst(first) {
      places += device.memory.map { PlacedWindow(range: $0, location: device.location) }
    }
  }

  /// Says which devices are where the machine has memory, or something else.
  ///
  /// Linux maps registers over memory, or two drivers want the same addresses; a VMM has room for one thing at
  /// each address. Of a tree the checker says so by the tree; tables besides the VMM's own don't tell of either.
  mutating func checkPlaces() {
    guard !places.isEmpty else { return }
    let (memories, claims) = occupancy()
    for place in places {
      let (first, size) = (place.range.at.value, place.range.size.bytes)
      guard size > 0, case let (last, overflow) = first.addingReportingOverflow(size - 1), !overflow
      else { continue }
      let range = first...last
      let words = "\(place.range.at) to \(GuestAddress(last))"
      if !isInHole(range), let memory = memories.first(where: { $0.overlaps(range) }) {
        mistake(
          "description/window-over-memory",
          "the device at \(words) is over memory, which is at \(GuestAddress(memory.lowerBound)) to "
            + "\(GuestAddress(memory.upperBound))", at: place.location,
          help: "put it where the machine has nothing")
      } else if let claim = claims.first(where: { $0.range.overlaps(range) }) {
        mistake(
          "description/window-taken",
          "the device at \(words) is over \(claim.owner) of the machine, which is at "
            + "\(GuestAddress(claim.range.lowerBound)) to \(GuestAddress(claim.range.upperBound))",
          at: place.location, help: "put it where the machine has nothing")
      } else if let slot = slot(cutBy: range) {
        mistake(
          "description/window-taken",
          "the device at \(words) is over a part of slot \(slot.number) of the machine, which is at "
            + "\(slot.place.address)", at: place.location,
          help: "say 'slot:' for the address of a slot, or put it where the machine has nothing")
      }
    }
  }

  /// Whether addresses are those that a PC leaves to devices: memory that is said to reach beyond goes on at 4 GiB.
  ///
  /// **Source:** QEMU 10.0 `hw/i386/pc_q35.c`, `pc_q35_init`: from 2 GiB on at the lowest.
  private func isInHole(_ range: ClosedRange<UInt64>) -> Bool {
    machine.architecture == .x86_64 && range.lowerBound >= 0x8000_0000
      && range.upperBound <= UInt64(UInt32.max)
  }

  /// Where the machine has memory, and where something else: what the VMM's machine has without what the
  /// description adds, and the memory that it adds.
  private func occupancy() -> (memory: [ClosedRange<UInt64>], claims: [Occupancy.Claim]) {
    var memory = elements.compactMap { element -> ClosedRange<UInt64>? in
      guard case .memory(let noun) = element, noun.size.bytes > 0 else { return nil }
      let (last, overflow) = noun.at.value.addingReportingOverflow(noun.size.bytes - 1)
      return noun.at.value...(overflow ? .max : last)
    }
    guard machine.machine != nil else { return (memory, []) }
    var bare = machine
    bare.elements = []
    bare.firmware = nil
    bare.confidential = nil
    bare.compatible = nil
    bare.bootCPU = nil
    bare.declaration.additions = []
    bare.declaration.omissions = nil
    var lowering = MachineLowering(bare)
    guard let tree = lowering.lower()?.tree else { return (memory, []) }
    let occupancy = Occupancy(tree)
    memory += occupancy.memory
    return (memory, occupancy.claims)
  }

  /// The slot of the machine that addresses are in without being the slot's.
  private func slot(cutBy range: ClosedRange<UInt64>) -> SlotAllocator.Slot? {
    guard let slots = shared.slots?.slots, slots.stride.bytes > 0 else { return nil }
    return slots.enumerated().lazy.map { SlotAllocator.Slot(number: $0, place: $1) }.first { slot in
      let first = slot.place.address.value
      return range.lowerBound != first
        && (first...(first + (slots.stride.bytes - 1))).overlaps(range)
    }
  }
}

extension Preset {
  /// Whether an element is one of the machine's own parts.
  fileprivate func has(_ element: Element) -> Bool {
    (components + onBus).contains { $0.element.isSameDevice(as: element) }
  }
}
