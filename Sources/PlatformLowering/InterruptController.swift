import DeviceTree
import PlatformDescription

/// What the lowering of an interrupt has to know about the controller that devices are wired to.
///
/// Everything that depends on it is decided here: how many cells a specifier has, and how many of an
/// address stand before one in an `interrupt-map`.
enum InterruptController: Equatable {
  case gicv2
  case gicv3
  case plic(sources: Int)
  case aplic(sources: Int)

  /// The controller among the parts of a machine: of two APLIC domains the supervisor's, because the
  /// machine's hands everything on to it.
  init?(of elements: [Element]) {
    var found: InterruptController?
    for element in elements {
      switch element {
      case .gicv2: found = found ?? .gicv2
      case .gicv3: found = found ?? .gicv3
      case .plic(let noun): found = found ?? .plic(sources: noun.sources)
      case .aplic(let noun):
        if noun.mode == .supervisor {
          self = .aplic(sources: noun.sources)
          return
        }
        found = found ?? .aplic(sources: noun.sources)
      default: continue
      }
    }
    guard let found else { return nil }
    self = found
  }

  /// `#interrupt-cells`: the length of a specifier.
  ///
  /// **Source:** kernel bindings `arm,gic.yaml`, `arm,gic-v3.yaml`, `sifive,plic-1.0.0.yaml` and
  /// `riscv,aplic.yaml`.
  var interruptCells: Int {
    switch self {
    case .gicv2, .gicv3: 3
    case .plic: 1
    case .aplic: 2
    }
  }

  /// `#address-cells`: so many cells, all 0, stand before the specifier in an `interrupt-map`.
  ///
  /// **Source:** Devicetree Specification 0.4, section 2.4.3.1.
  var addressCells: Int {
    switch self {
    case .gicv2, .gicv3: 2
    case .plic, .aplic: 0
    }
  }

  /// Whether each device names it, instead of the root for all.
  ///
  /// RISC-V's harts have controllers of their own below `/cpus`. An `interrupt-parent` at the root is
  /// their parent too, and Linux 6.12 then waits for the PLIC before it sets up what the PLIC waits
  /// for: `drivers/of/irq.c`, `of_irq_init`.
  var isNamedByEachDevice: Bool {
    switch self {
    case .gicv2, .gicv3: false
    case .plic, .aplic: true
    }
  }

  /// What it is called in messages.
  fileprivate var name: String {
    switch self {
    case .gicv2: "a GICv2"
    case .gicv3: "a GICv3"
    case .plic: "a PLIC"
    case .aplic: "an APLIC"
    }
  }

  /// The numbers that interrupts of this kind have; nil where it has none of the kind.
  fileprivate func numbers(of kind: Interrupt.Kind) -> ClosedRange<Int>? {
    switch (self, kind) {
    case (.gicv2, .spi), (.gicv3, .spi): 0...987
    case (.gicv2, .ppi), (.gicv3, .ppi): 0...15
    case (.plic(let sources), .source), (.aplic(let sources), .source): 1...max(sources, 1)
    default: nil
    }
  }
}

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
    case .gicv3: return [interrupt.kind == .spi ? 0 : 1, number, trigger]
    case .gicv2:
      // A GICv2 takes the processors that a PPI is wired to in bits 15:8.
      let processors = (UInt32(1) << UInt32(min(max(cpuCount, 1), 8)) - 1) << 8
      return interrupt.kind == .spi ? [0, number, trigger] : [1, number, trigger | processors]
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
  fileprivate var noun: String {
    switch self {
    case .spi: "SPI"
    case .ppi: "PPI"
    case .source: "interrupt source"
    }
  }

  fileprivate var numbering: String {
    switch self {
    case .spi: "an SPI is numbered from 0: INTID − 32"
    case .ppi: "a PPI is numbered from 0: INTID − 16"
    case .source: "the controller's 'sources:' says how many there are; they are numbered from 1"
    }
  }
}
