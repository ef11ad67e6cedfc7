import DeviceTree
import PlatformDescription

/// What most devices are lowered with: a name, a window, interrupts, a clock, a number.
extension MachineLowering {
  /// A node with `compatible` and one window.
  func device(
    _ name: String, _ compatible: [String], at address: GuestAddress, size: ByteCount,
    for noun: some Referable
  ) -> DraftNode {
    var node = DraftNode(name, at: address, declaration: noun.declaration, target: Target(noun))
    node.set("compatible", .strings(compatible))
    node.set("reg", reg: [(address, size)])
    return node
  }

  /// A node of one of Arm's peripherals, 4 KiB, with the clock without which it isn't probed.
  mutating func primecell(
    _ name: String, _ compatible: [String], at address: GuestAddress, interrupt: Interrupt?,
    for noun: some Referable
  ) -> DraftNode {
    var node = device(name, compatible, at: address, size: .kib(4), for: noun)
    if let interrupt {
      setInterrupts([interrupt], of: &node, at: noun.declaration.location)
    }
    node.set("clocks", .cells([.phandle(peripheralClock())]))
    node.set("clock-names", .string("apb_pclk"))
    return node
  }

  /// The clock that Arm's peripherals share: without `apb_pclk` none of them is probed, and the
  /// guest boots without a console.
  ///
  /// **Source:** Linux `drivers/amba/bus.c`, `amba_get_enable_pclk`.
  mutating func peripheralClock() -> Target {
    // One that the description has itself is the clock meant.
    if let clock = ownClock { return clock }
    if !hasPeripheralClock {
      hasPeripheralClock = true
      var clock = DraftNode(names.peripheralClock, target: .peripheralClock)
      clock.set("compatible", .string("fixed-clock"))
      clock.set("#clock-cells", .u32(0))
      clock.set("clock-frequency", .u32(24_000_000))
      clock.set("clock-output-names", .string("clk24mhz"))
      system.append(clock)
    }
    return .peripheralClock
  }

  /// The first clock of the description that counts as fast as Arm's peripherals expect; on a VMM's
  /// machine, the one that is called so.
  private var ownClock: Target? {
    let isBorrowed = machine.machine != nil
    for case .fixedClock(let clock) in presetElements + busElements + machine.elements
    where clock.frequency == 24_000_000 && (!isBorrowed || clock.name == names.peripheralClock) {
      return Target(clock)
    }
    return nil
  }

  /// Sets a property of one cell; what doesn't fit it is a mistake.
  mutating func set(
    _ name: String, number: Int?, in range: ClosedRange<Int> = 0...Int(UInt32.max),
    of node: inout DraftNode
  ) {
    guard let number else { return }
    guard range.contains(number), let cell = UInt32(exactly: number) else {
      mistake(
        "description/number-out-of-range",
        "'\(name)' can't be \(number): \(range.lowerBound) to \(range.upperBound)",
        at: node.declaration?.location)
      return
    }
    node.set(name, .u32(cell))
  }

  /// Sets a property of one cell that has few values.
  mutating func set(_ name: String, number: Int?, of choices: [Int], node: inout DraftNode) {
    guard let number else { return }
    guard choices.contains(number) else {
      let list = choices.map(String.init).joined(separator: ", ")
      mistake(
        "description/number-out-of-range", "'\(name)' can't be \(number): one of \(list)",
        at: node.declaration?.location)
      return
    }
    set(name, number: number, of: &node)
  }
}
