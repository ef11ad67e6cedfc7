import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// The specifier of `interrupt`: as many cells as ``InterruptController/interruptCells`` says.
  mutating func specifier(_ interrupt: Interrupt, at location: SourceLocation?) -> [UInt32] {
    guard let controller = interruptController, isKnown(interrupt, to: controller, at: location)
    else { return [] }
    let number = UInt32(interrupt.number)
    let trigger = interrupt.trigger.flags
    switch controller {
    case .plic:
      guard interrupt.trigger == .levelHigh else {
        mistake(
          "description/no-such-trigger",
          "a PLIC's interrupts have no trigger: \(interrupt.trigger.rawValue) can't be written down",
          at: location, help: "say .levelHigh, or describe a machine with an APLIC")
        return []
      }
      return [number]
    case .aplic: return [number, trigger]
    case .gicv3, .gicv2:
      guard interrupt.kind != .spi else { return [0, number, trigger] }
      guard controller == .gicv2 || habits.processorsInPPIs else { return [1, number, trigger] }
      // A GICv2 takes the processors that a PPI is wired to in bits 15:8.
      let processors = (UInt32(1) << UInt32(min(max(cpuCount, 1), 8)) - 1) << 8
      return [1, number, trigger | processors]
    }
  }

  private mutating func isKnown(
    _ interrupt: Interrupt, to controller: InterruptController, at location: SourceLocation?
  ) -> Bool {
    let noun = interrupt.kind.noun
    guard let range = controller.numbers(of: interrupt.kind) else {
      mistake(
        "description/no-such-interrupt", "\(controller.name) has no \(noun)s", at: location,
        help: controller.numbers(of: .source) == nil
          ? "its interrupts are .spi(…) and .ppi(…)" : "its interrupts are .source(…)")
      return false
    }
    guard range.contains(interrupt.number) else {
      mistake(
        "description/no-such-interrupt",
        "there is no \(noun) \(interrupt.number): \(range.lowerBound) to \(range.upperBound)",
        at: location, help: interrupt.kind.numbering)
      return false
    }
    return true
  }

  /// Says that there is nothing to deliver interrupts.
  mutating func reportNoInterruptController(at location: SourceLocation?) {
    mistake(
      "description/no-interrupt-controller",
      "'\(machine.name)' has interrupts but no interrupt controller", at: location,
      help: architecture == .arm64 ? "add a GICv3 or a GICv2" : "add a PLIC or an APLIC")
  }

  /// Sets `interrupts`, and says so where there is nothing to deliver them.
  mutating func setInterrupts(
    _ interrupts: [Interrupt], of node: inout DraftNode, at location: SourceLocation?
  ) {
    guard let controller = interruptController else {
      reportNoInterruptController(at: location)
      return
    }
    node.set(
      "interrupts", .cells(interrupts.flatMap { specifier($0, at: location) }))
    if controller.isNamedByEachDevice {
      node.set("interrupt-parent", .cells([.phandle(.interruptController)]))
    }
  }
}

extension Interrupt.Trigger {
  /// **Source:** kernel header `dt-bindings/interrupt-controller/irq.h`.
  fileprivate var flags: UInt32 {
    switch self {
    case .edgeRising: 1
    case .edgeFalling: 2
    case .levelHigh: 4
    case .levelLow: 8
    }
  }
}

extension Interrupt.Kind {
  var noun: String {
    switch self {
    case .spi: "SPI"
    case .ppi: "PPI"
    case .source: "interrupt source"
    case .gsi: "global system interrupt"
    }
  }

  fileprivate var numbering: String {
    switch self {
    case .spi: "an SPI is numbered from 0: INTID − 32"
    case .ppi: "a PPI is numbered from 0: INTID − 16"
    case .source: "the controller's 'sources:' says how many there are; they are numbered from 1"
    case .gsi: "a device tree has none"
    }
  }
}
