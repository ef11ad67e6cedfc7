import DeviceTree
import PlatformDescription

/// The controller that the interrupts of a machine's devices go to.
struct ImportedController {
  /// What its specifiers are made of.
  enum Kind {
    /// Arm's GIC: kind, number, flags.
    case gic
    /// RISC-V's PLIC: a number.
    case plic
    /// RISC-V's APLIC: a number and a trigger.
    case aplic

    /// The number of cells of a specifier.
    var cells: Int {
      switch self {
      case .gic: 3
      case .plic: 1
      case .aplic: 2
      }
    }
  }

  /// Its node.
  var node: Int
  /// What its specifiers are made of.
  var kind: Kind

  /// The interrupt of a specifier, where the language has a word for it.
  ///
  /// **Source:** kernel bindings `arm,gic-v3.yaml`, `sifive,plic-1.0.0.yaml` and `riscv,aplic.yaml`,
  /// `#interrupt-cells`.
  func interrupt(_ specifier: [UInt32]) -> Interrupt? {
    guard specifier.count == kind.cells else { return nil }
    switch kind {
    case .plic: return .source(Int(specifier[0]), .levelHigh)
    case .aplic:
      return Interrupt.Trigger(flags: specifier[1]).map { .source(Int(specifier[0]), $0) }
    case .gic:
      // Bits 15:8 hold the processors of a GICv2's PPI, which the lowering knows.
      guard let trigger = Interrupt.Trigger(flags: specifier[2] & 0xff) else { return nil }
      switch specifier[0] {
      case 0: return .spi(Int(specifier[1]), trigger)
      case 1: return .ppi(Int(specifier[1]), trigger)
      default: return nil
      }
    }
  }
}

extension Interrupt.Trigger {
  /// **Source:** kernel header `dt-bindings/interrupt-controller/irq.h`.
  fileprivate init?(flags: UInt32) {
    switch flags {
    case 1: self = .edgeRising
    case 2: self = .edgeFalling
    case 4: self = .levelHigh
    case 8: self = .levelLow
    default: return nil
    }
  }
}

extension Recognition {
  /// The interrupts of `node`, where they go to the machine's own controller and are nothing but
  /// numbers and triggers.
  func interrupts(of node: FlattenedTree.Node) -> [Interrupt]? {
    guard let controller, let property = node.property("interrupts"), property.count > 0,
      property.count % (4 * controller.kind.cells) == 0,
      interruptParent(of: node) == controller.node
    else { return nil }
    var result: [Interrupt] = []
    for start in stride(from: 0, to: property.cellCount, by: controller.kind.cells) {
      let specifier = (0..<controller.kind.cells).compactMap { property.cell(start + $0) }
      guard let interrupt = controller.interrupt(specifier) else { return nil }
      result.append(interrupt)
    }
    return result
  }

  /// Where the first row of an `interrupt-map` leads, where that is INTA of slot 0 and the machine's
  /// own controller.
  func firstMappedInterrupt(of node: FlattenedTree.Node) -> Interrupt? {
    guard let controller, let property = node.property("interrupt-map") else { return nil }
    let reading = survey.readings[property.index]
    guard reading.entries.count > 1, reading.references.first == 4,
      (0..<4).compactMap({ property.cell($0) }) == [0, 0, 0, 1],
      survey.target(of: property, cell: 4) == controller.node
    else { return nil }
    let end = reading.entries[1]
    let start = end - controller.kind.cells
    guard start > 4 else { return nil }
    return controller.interrupt((start..<end).compactMap { property.cell($0) })
  }

  /// The node that the interrupts of `node` go to.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`.
  private func interruptParent(of node: FlattenedTree.Node) -> Int? {
    var current = node
    for _ in 0..<Limits().maximumDepth {
      let next: FlattenedTree.Node?
      if let phandle = current.property("interrupt-parent")?.u32 {
        next = survey.node(phandle: phandle).map { tree.nodes[$0] }
      } else {
        next = current.parent
      }
      guard let next else { return nil }
      if next.has("#interrupt-cells") { return next.index }
      current = next
    }
    return nil
  }
}
