import DeviceTree
import PlatformDescription

/// What the lowering of an interrupt has to know about the controller.
enum InterruptController {
  case gicv2
  case gicv3

  init?(_ element: Element) {
    switch element {
    case .gicv2: self = .gicv2
    case .gicv3: self = .gicv3
    default: return nil
    }
  }
}

extension MachineLowering {
  /// The specifier of `interrupt`: three cells.
  ///
  /// **Source:** kernel bindings `arm,gic.yaml` and `arm,gic-v3.yaml`, `#interrupt-cells`.
  mutating func specifier(_ interrupt: Interrupt, at location: SourceLocation?) -> [UInt32] {
    let (name, range): (String, ClosedRange<Int>) =
      switch interrupt.kind {
      case .spi: ("SPI", 0...987)
      case .ppi: ("PPI", 0...15)
      }
    guard range.contains(interrupt.number) else {
      mistake(
        "description/no-such-interrupt",
        "there is no \(name) \(interrupt.number): \(range.lowerBound) to \(range.upperBound)",
        at: location,
        help: "an \(name) is numbered from 0: INTID − \(interrupt.kind == .spi ? 32 : 16)")
      return []
    }
    var flags: UInt32 =
      switch interrupt.trigger {
      case .edgeRising: 1
      case .edgeFalling: 2
      case .levelHigh: 4
      case .levelLow: 8
      }
    if interrupt.kind == .ppi, gic == .gicv2 {
      // A GICv2 takes the processors that a PPI is wired to in bits 15:8.
      flags |= (UInt32(1) << UInt32(min(max(cpuCount, 1), 8)) - 1) << 8
    }
    return [interrupt.kind == .spi ? 0 : 1, UInt32(interrupt.number), flags]
  }

  /// Sets `interrupts`, and says so where there is nothing to deliver them.
  mutating func setInterrupts(
    _ interrupts: [Interrupt], of node: inout DraftNode, at location: SourceLocation?
  ) {
    guard gic != nil else {
      mistake(
        "description/no-interrupt-controller",
        "'\(machine.name)' has interrupts but no interrupt controller", at: location,
        help: "add a GICv3 or a GICv2")
      return
    }
    node.set(
      "interrupts", .cells(interrupts.flatMap { specifier($0, at: location) }))
  }
}
