import DeviceTree
import Diagnostics
import GuestView

/// An IMSIC reaches the harts, and has identities and a page for each.
enum IMSICMalformed: Rule {
  static let id = "guest/imsic-malformed"
  static let severity = Severity.error
  static let summary = """
    an IMSIC reaches no hart, lacks pages or identities, or its harts lack ssaia
    """
  static let rationale = """
    The interrupts of an IMSIC are the external interrupts of the harts, 9 at the level that \
    Linux runs on. For each of them it has a page of registers, and riscv,num-ids identities: \
    one less than a multiple of 64, up to 2047. It is set up early, as one that is marked \
    as an interrupt controller, and only where every hart has the extension ssaia.
    """
  static let consequence = "no message arrives at the harts left out, or at any"
  static let logLine: String? = "riscv-imsic: <node>: no parent irqs available"
  static let help = """
    write interrupt-controller, <&intc 9> for each hart, 0x1000 bytes of reg for each, \
    riscv,num-ids = <255>, and ssaia in riscv,isa
    """
  static let sources = [
    Source.linux(
      "drivers/irqchip/irq-riscv-imsic-state.c", "imsic_parse_fwnode", "imsic_setup_state"),
    .linux("drivers/irqchip/irq-riscv-imsic-early.c", "imsic_early_dt_init"),
    .linux("arch/riscv/kernel/cpufeature.c", "riscv_fill_hwcap"),
    .binding("interrupt-controller/riscv,imsics.yaml"),
  ]
  static let good = [
    Example(in: .riscv, example())
  ]
  static let bad = [
    Example(in: .riscv, example(harts: "", mark: "  // finding")),
    Example(in: .riscv, example(harts: "interrupts-extended = <&intc 11>;  // finding")),
    Example(in: .riscv, example(identities: "<64>;  // finding")),
    Example(in: .riscv, example(size: "0x800>;  // finding")),
    Example(in: .riscv, example(isa: "\"rv64imafdc\";  // finding")),
    Example(in: .riscv, example(controller: "", mark: "  // finding")),
  ]

  private static func example(
    harts: String = "interrupts-extended = <&intc 9>;", identities: String = "<255>;",
    size: String = "0x1000>;", isa: String = "\"rv64imafdc_ssaia\";",
    controller: String = "interrupt-controller;\n      #interrupt-cells = <0>;", mark: String = ""
  ) -> String {
    """
    &hart {
      riscv,isa = \(isa)
    };
    / {
      soc {
        imsics@28000000 {\(mark)
          compatible = "riscv,imsics";
          reg = <0x0 0x28000000 0x0 \(size)
          \(controller)
          msi-controller;
          #msi-cells = <0>;
          riscv,num-ids = \(identities)
          \(harts)
        };
      };
    };
    """
  }

  /// **Source:** Linux `include/linux/irqchip/riscv-imsic.h`, `IMSIC_MIN_ID`, `IMSIC_MAX_ID`,
  /// `IMSIC_MMIO_PAGE_SZ`.
  private static let fewestIdentities: UInt32 = 63
  private static let identityLimit: UInt32 = 2048
  private static let pageSize: UInt64 = 0x1000

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let wanted = SourceController.supervisorExternal
    let nodes = view.nodes(compatibleWith: "riscv,imsics").filter(view.isEnabled)
    var levels: [(property: FlattenedTree.Property, level: UInt32?)] = []
    for node in nodes {
      let interrupts = view.interrupts(of: node)
      if let first = interrupts.first {
        levels.append((first.property, first.property.cell(first.cells.lowerBound)))
      } else if !node.has("interrupts-extended") {
        report("the IMSIC reaches no hart", at: .node(node), expected: "interrupts-extended")
      }
      // One for firmware's level and one for Linux's; a hostile tree may have any number.
      if nodes.count <= 2, let property = interrupts.first?.property,
        interrupts.contains(where: { property.cell($0.cells.lowerBound) == wanted }),
        let left = SourceController.harts(leftOutBy: interrupts, in: view).first
      {
        report(
          "the IMSIC has nothing for a hart", at: .property(property), found: left.name,
          expected: "external interrupt \(wanted) of each hart",
          related: [Party("is left out", at: .node(left))])
      }
      if !node.has("interrupt-controller") {
        report(
          "the IMSIC is not marked as an interrupt controller", at: .node(node),
          expected: "interrupt-controller")
      }
      checkIdentities(node, &report)
      checkPages(node, interrupts.count, view, &report)
    }
    // One for the level of firmware stands beside the other.
    guard let first = levels.first else { return }
    guard !levels.contains(where: { $0.level == wanted }) else {
      checkExtension(nodes[0], view, &report)
      return
    }
    report(
      "no IMSIC is for the level that Linux runs on", at: .property(first.property),
      found: first.level.map { "external interrupt \($0)" },
      expected: "external interrupt \(wanted) of each hart")
  }

  /// What one hart lacks no hart has.
  private static func checkExtension(
    _ node: FlattenedTree.Node, _ view: GuestView, _ report: inout Reporter
  ) {
    for hart in view.cpus {
      let list = hart.node.has("riscv,isa-base") ? hart.node.property("riscv,isa-extensions") : nil
      guard let property = list ?? hart.node.property("riscv,isa") else { continue }
      let names =
        list?.strings ?? (property.string ?? "").lowercased().split(separator: "_").map(String.init)
      guard !names.contains(where: { $0.hasPrefix("ssaia") }) else { continue }
      report(
        "a hart does not have the extension ssaia, which an IMSIC is used through",
        at: .property(property), expected: "ssaia",
        related: [Party("is unusable", at: .node(node))],
        log: .line("riscv-imsic: \(node.path): AIA support not available"))
      return
    }
  }

  private static func checkIdentities(_ node: FlattenedTree.Node, _ report: inout Reporter) {
    let property = node.property("riscv,num-ids")
    let count = property?.cell(0)
    guard let count, count >= fewestIdentities, count < identityLimit,
      count & fewestIdentities == fewestIdentities
    else {
      report(
        "the IMSIC has no such number of identities",
        at: property.map(Spot.property) ?? .node(node),
        found: count.map { "\($0)" }, expected: "63, 127, 191 and so on up to 2047")
      return
    }
  }

  private static func checkPages(
    _ node: FlattenedTree.Node, _ harts: Int, _ view: GuestView, _ report: inout Reporter
  ) {
    guard node.has("reg") else {
      report("the IMSIC has no registers", at: .node(node), expected: "reg")
      return
    }
    let bits = node.property("riscv,guest-index-bits")?.cell(0) ?? 0
    let registers = view.registers(of: node)
    guard bits < 16, let first = registers.first else { return }
    let needed = UInt64(harts) * (pageSize << UInt64(bits))
    // Sizes that don't fit into 64 bits have room enough.
    let room = registers.reduce(UInt128(0)) { $0 + UInt128($1.size ?? .max) }
    guard room < UInt128(needed) else { return }
    report(
      "there are not as many pages as harts",
      at: .cells(first.property, first.sizeCells, "reg.size"),
      found: ByteText.hexAndSize(room),
      expected: "\(ByteText.hexAndSize(needed)) for \(harts) harts")
  }
}
