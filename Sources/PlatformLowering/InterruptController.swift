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
  var name: String {
    switch self {
    case .gicv2: "a GICv2"
    case .gicv3: "a GICv3"
    case .plic: "a PLIC"
    case .aplic: "an APLIC"
    }
  }

  /// The numbers that interrupts of this kind have; nil where it has none of the kind.
  func numbers(of kind: Interrupt.Kind) -> ClosedRange<Int>? {
    switch (self, kind) {
    case (.gicv2, .spi), (.gicv3, .spi): 0...987
    case (.gicv2, .ppi), (.gicv3, .ppi): 0...15
    case (.plic(let sources), .source), (.aplic(let sources), .source): 1...max(sources, 1)
    default: nil
    }
  }
}
