import DeviceTree
import Diagnostics
import GuestView

/// An interrupt specifier means something to the GIC, APLIC or hart that it goes to.
enum InterruptSpecifierInvalid: Rule {
  static let id = "structure/interrupt-specifier-invalid"
  static let severity = Severity.error
  static let summary = "an interrupt specifier means nothing to its controller"
  static let rationale = """
    The first cell of a GIC's specifier is the kind: 0 for shared interrupts, 1 for private \
    ones, and with version 3 also 2 and 3 for the extended ones. The second is the number, up to \
    987 or 15, and the third the trigger: 1 for a rising edge or 4 for a high level, since a GIC \
    has no other ones for shared interrupts. A driver that does not ask for a private interrupt \
    as such is refused one, and so is one whose interrupt leads straight to the controller of a RISC-V \
    hart. An APLIC has edges and levels, 1, 2, 4 and 8 in its second cell; with 0 the source stays off.
    """
  static let consequence = """
    the interrupt can't be set up, and the driver of the device fails or works without it
    """
  static let logLine: String? = "genirq: Setting trigger mode"
  static let help = """
    for a GIC write the kind, the interrupt ID − 32 (or − 16 for a private one), and 1 or 4; for an APLIC \
    the source, and 1, 2, 4 or 8
    """
  static let exceptions = """
    Numbers and triggers of virtio devices and timers, which have rules of their own, and a trigger of 0, \
    which leaves the line as it was programmed. A warning for a private interrupt above 15, which to Linux \
    is the shared one with that ID.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate", "gic_set_type"),
    .linux("drivers/irqchip/irq-gic.c", "gic_irq_domain_translate", "gic_set_type"),
    .linux("kernel/irq/manage.c", "request_threaded_irq"),
    .linux(
      "drivers/irqchip/irq-riscv-aplic-main.c", "aplic_irqdomain_translate", "aplic_irq_set_type"),
    .linux("drivers/irqchip/irq-riscv-intc.c", "riscv_intc_domain_map"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("8: genirq: Setting trigger mode 8 failed, and the device has no interrupt"),
  ]
  static let good = [
    Example(
      """
      &serial {
        interrupts = <0 1 1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        interrupts = <0 1 8>;  // finding
      };
      """),
    Example(
      """
      &serial {
        interrupts = <1 1 4>;  // finding
      };
      """),
    Example(
      """
      &serial {
        interrupts = <7 1 4>;  // finding
      };
      """),
    Example(
      """
      &disk {
        interrupts = <4 16 1>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &serial {
        interrupt-parent = <&intc>;
        interrupts = <10>;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      / {
        soc {
          aplic: aplic@d000000 {
            compatible = "riscv,aplic";
            reg = <0x0 0xd000000 0x0 0x8000>;
            interrupt-controller;
            #interrupt-cells = <2>;
            riscv,num-sources = <96>;
            interrupts-extended = <&intc 9>;
          };
        };
      };
      &serial {
        interrupt-parent = <&aplic>;
        interrupts = <10 3>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let aplics = Set(view.nodes(compatibleWith: "riscv,aplic").map(\.index))
    let harts = Set(view.nodes(compatibleWith: "riscv,cpu-intc").map(\.index))
    view.visitEnabledInterrupts { property, index, cells, controller in
      guard view.isGIC(nodeAt: controller), let kind = property.cell(cells.lowerBound) else {
        let spot = Spot.element(property, index, cells: cells)
        if aplics.contains(controller) {
          checkSource(property, cells, at: spot, &report)
        } else if harts.contains(controller), isShared(property.node) {
          report(
            "the interrupt is private to a hart", at: spot,
            found: view.tree.nodes[controller].path, expected: "a source of the PLIC or APLIC")
        }
        return
      }
      let spot = Spot.element(property, index, cells: cells)
      guard let gic = GICInterrupt(property, at: cells.lowerBound, count: cells.count) else {
        guard !messages.contains(kind) else { return }
        report(
          "no GIC has such a kind of interrupt", at: spot, found: "kind \(kind)",
          expected: "0 (shared) or 1 (private)")
        return
      }
      let isExtended = gic.kind == .extendedSPI || gic.kind == .extendedPPI
      if isExtended, !view.tree.nodes[controller].isCompatible("arm,gic-v3") {
        report(
          "this GIC has no extended interrupts", at: spot, found: gic.name,
          expected: "0 (shared) or 1 (private)")
      } else if let fault = fault(of: gic), !hasOwnRules(property.node) {
        report(
          fault.message, at: spot, found: fault.found, expected: fault.expected,
          severity: gic.kind == .ppi ? .warning : nil)
      } else if gic.kind == .ppi, isShared(property.node) {
        report(
          "the interrupt is private to each CPU", at: spot, found: gic.name,
          expected: "an SPI (kind 0)")
      }
    }
  }

  /// A source of an APLIC, whose trigger is masked as a GIC's is.
  private static func checkSource(
    _ property: FlattenedTree.Property, _ cells: Range<Int>, at spot: Spot,
    _ report: inout Reporter
  ) {
    guard cells.count >= 2, let source = property.cell(cells.lowerBound),
      let trigger = property.cell(cells.lowerBound + 1).map({ $0 & 0xf }),
      ![1, 2, 4, 8].contains(trigger)
    else { return }
    report(
      "the trigger of source \(source) is none that an APLIC knows", at: spot,
      found: "\(trigger) (\(GICInterrupt.triggerName(trigger)))",
      expected: "1, 2 (edges), 4 or 8 (levels)")
  }

  /// What stands in the first cell of a message's specifier and of a partition's.
  ///
  /// **Source:** Linux `include/linux/irqchip/arm-gic-v3.h`, `GIC_IRQ_TYPE_LPI`,
  /// `GIC_IRQ_TYPE_PARTITION`.
  private static let messages: [UInt32] = [0xa110_c8ed, 0xa110_c8ee]

  private static func fault(
    of gic: GICInterrupt
  ) -> (message: String, found: String, expected: String)? {
    switch gic.kind {
    case .spi where gic.number > 987: ("there is no such interrupt", gic.name, "SPI 0 to 987")
    case .ppi where gic.number > 15:
      ("the interrupt is a shared one to the GIC", gic.name, "PPI 0 to 15")
    case .spi, .extendedSPI:
      [0, 1, 4].contains(gic.trigger)
        ? nil
        : (
          "the trigger of \(gic.name) is none that a GIC knows",
          "\(gic.trigger) (\(GICInterrupt.triggerName(gic.trigger)))",
          "1 (rising edge) or 4 (high level)"
        )
    default: nil
    }
  }

  /// Whether other rules look at the numbers and triggers of the node.
  private static func hasOwnRules(_ node: FlattenedTree.Node) -> Bool {
    ["virtio,mmio", "arm,armv8-timer", "arm,armv7-timer"].contains(where: node.isCompatible)
  }

  /// Whether the driver of the node is known to ask for a shared interrupt.
  private static func isShared(_ node: FlattenedTree.Node) -> Bool {
    ["arm,primecell", "ns16550a", "ns16550", "arm,smmu-v3", "arm,mmu-500", "google,goldfish-rtc"]
      .contains(where: node.isCompatible)
  }
}
