import PlatformDescription

/// A run of windows for virtio devices that differ in their places alone, which are those of a loop.
struct SlotRun {
  /// The number of elements.
  let count: Int
  private let slots: MMIOSlots

  /// The run that `elements` start with; nil where it is too short to be one.
  init?(_ elements: ArraySlice<Element>, isReferred: (SourceLocation?) -> Bool) {
    guard let first = Self.window(elements.first, isReferred), let at = first.at,
      let interrupt = first.interrupt,
      let second = Self.window(elements.dropFirst().first, isReferred)?.at, second > at
    else { return nil }
    let stride = second.value - at.value
    var count = 1
    for element in elements.dropFirst() {
      guard let window = Self.window(element, isReferred),
        window.at == at + ByteCount.bytes(stride) * count,
        window.interrupt == interrupt + count, window.dmaCoherent == first.dmaCoherent,
        window.declaration.name == first.declaration.name
      else { break }
      count += 1
    }
    guard count > 2, first.dmaCoherent else { return nil }
    self.count = count
    self.slots = MMIOSlots(
      at: at, count: count, firstInterrupt: interrupt, stride: .bytes(stride))
    name = first.declaration.name
  }

  private let name: String?

  /// A window about which nothing else is said.
  private static func window(
    _ element: Element?, _ isReferred: (SourceLocation?) -> Bool
  ) -> VirtioMMIO? {
    guard case .virtioMMIO(let window) = element, window.device == .unspecified,
      window.memoryRegion.isEmpty, window.features.isEmpty, window.withholding.isEmpty,
      window.declaration.additions.isEmpty, window.declaration.omissions == nil,
      window.declaration.label == nil, !isReferred(window.declaration.location)
    else { return nil }
    return window
  }

  /// The loop.
  var statement: Statement {
    var arguments = [
      "at: \(Literals.address(slots.at))", "count: \(count)",
      "firstInterrupt: \(Literals.interrupt(slots.firstInterrupt))",
    ]
    if slots.stride != .bytes(0x200) { arguments.append("stride: \(Literals.size(slots.stride))") }
    var call = Call("VirtioMMIO", [Argument(".unspecified"), Argument("at", "slot")])
    if let name { call.modifiers.append(Call("named", [Argument(Literals.string(name))])) }
    return Statement(
      loop: "slot in MMIOSlots(\(arguments.joined(separator: ", ")))", [Statement(call)])
  }
}
