import PlatformDescription

/// A run of windows for virtio devices that differ in their places alone, which are those of a loop.
struct SlotRun {
  /// The number of elements.
  let count: Int
  private let slots: MMIOSlots
  /// Whether the last slot comes first.
  private let isReversed: Bool
  private let name: String?

  /// The run that `elements` start with; nil where it is too short to be one.
  init?(_ elements: ArraySlice<Element>, isReferred: (SourceLocation?) -> Bool) {
    guard let first = Self.window(elements.first, isReferred),
      let second = Self.window(elements.dropFirst().first, isReferred), first.at != second.at
    else { return nil }
    let isReversed = second.at < first.at
    let distance =
      isReversed ? first.at.value - second.at.value : second.at.value - first.at.value
    var places = [first]
    for element in elements.dropFirst() {
      guard let place = Self.window(element, isReferred), let last = places.last,
        place.name == first.name,
        isReversed
          ? last.at == place.at + ByteCount.bytes(distance)
            && last.interrupt == place.interrupt + 1
          : place.at == last.at + ByteCount.bytes(distance)
            && place.interrupt == last.interrupt + 1
      else { break }
      places.append(place)
    }
    guard places.count > 2, let last = places.last else { return nil }
    let lowest = isReversed ? last : first
    count = places.count
    name = first.name
    self.isReversed = isReversed
    slots = MMIOSlots(
      at: lowest.at, count: places.count, firstInterrupt: lowest.interrupt,
      stride: .bytes(distance))
  }

  /// A window about which nothing else is said.
  private struct Place {
    var at: GuestAddress
    var interrupt: Interrupt
    var name: String?
  }

  private static func window(
    _ element: Element?, _ isReferred: (SourceLocation?) -> Bool
  ) -> Place? {
    guard case .virtioMMIO(let window) = element, window.device == .unspecified,
      let at = window.at, let interrupt = window.interrupt, window.dmaCoherent,
      window.memoryRegion.isEmpty, window.features.isEmpty, window.withholding.isEmpty
    else { return nil }
    let declaration = window.declaration
    guard declaration.additions.isEmpty, declaration.omissions == nil, declaration.label == nil,
      declaration.allowances.isEmpty, !isReferred(declaration.location)
    else { return nil }
    return Place(at: at, interrupt: interrupt, name: declaration.name)
  }

  /// The loop.
  var statement: Statement {
    var arguments = [
      Argument("at", Literals.address(slots.at)), Argument("count", "\(count)"),
      Argument("firstInterrupt", Literals.interrupt(slots.firstInterrupt)),
    ]
    if slots.stride != .bytes(0x200) {
      arguments.append(Argument("stride", Literals.size(slots.stride)))
    }
    var run = Call("MMIOSlots", arguments)
    if isReversed { run.modifiers.append(Call("reversed")) }
    var call = Call("VirtioMMIO", [Argument(".unspecified"), Argument("at", "slot")])
    if let name { call.modifiers.append(Call("named", [Argument(Literals.string(name))])) }
    return Statement(for: "slot", in: run, [Statement(call)])
  }
}
