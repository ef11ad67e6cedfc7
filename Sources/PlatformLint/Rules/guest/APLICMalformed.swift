import DeviceTree
import Diagnostics
import GuestView

/// An APLIC says how many sources it has and where their interrupts go.
enum APLICMalformed: Rule {
  static let id = "guest/aplic-malformed"
  static let severity = Severity.error
  static let summary = """
    an APLIC lacks registers or cells, or does not say its sources and where they go
    """
  static let rationale = """
    The driver needs the number of sources, riscv,num-sources. It sends messages to the IMSIC \
    that msi-parent names, or signals the harts in interrupts-extended; one of the two has to be \
    there. A domain delegates sources to its children, which are APLICs too. It has 16 KiB of \
    registers, and behind them 32 bytes for each hart that it signals itself. A specifier has two \
    cells: the source, and its trigger.
    """
  static let consequence = "no device behind the APLIC has an interrupt"
  static let logLine: String? = "failed to setup APLIC in direct mode"
  static let help = """
    write riscv,num-sources, and msi-parent or interrupts-extended; delegate <child first last>
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-riscv-aplic-main.c", "aplic_setup_priv", "aplic_probe"),
    .linux(
      "drivers/irqchip/irq-riscv-aplic-main.c", "aplic_init_hw_irqs", "aplic_irqdomain_translate"),
    .linux("drivers/irqchip/irq-riscv-aplic-direct.c", "aplic_direct_setup"),
    .binding("interrupt-controller/riscv,aplic.yaml"),
  ]
  static let good = [
    Example(in: .riscv, example("riscv,num-sources = <96>;", "interrupts-extended = <&intc 9>;"))
  ]
  static let bad = [
    Example(in: .riscv, example("", "interrupts-extended = <&intc 9>;", mark: "  // finding")),
    Example(in: .riscv, example("riscv,num-sources = <96>;", "", mark: "  // finding")),
    Example(
      in: .riscv,
      example(
        "riscv,num-sources = <96>;", "interrupts-extended = <&intc 9>;",
        size: "0x1000>;  // finding")),
    Example(
      in: .riscv,
      example(
        "riscv,num-sources = <96>;", "interrupts-extended = <&intc 9>;",
        cells: "<1>;  // finding")),
    Example(
      in: .riscv,
      example(
        "riscv,num-sources = <96>;",
        "interrupts-extended = <&intc 9>;\n      riscv,delegation = <&disk 1 96>;  // finding")),
  ]

  private static func example(
    _ sources: String, _ target: String, size: String = "0x8000>;", cells: String = "<2>;",
    mark: String = ""
  ) -> String {
    """
    / {
      soc {
        aplic@d000000 {\(mark)
          compatible = "riscv,aplic";
          reg = <0x0 0xd000000 0x0 \(size)
          interrupt-controller;
          #interrupt-cells = \(cells)
          \(sources)
          \(target)
        };
      };
    };
    """
  }

  /// **Source:** Linux `include/linux/irqchip/riscv-aplic.h`, `APLIC_MAX_SOURCE`.
  private static let mostSources: UInt32 = 1024

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for aplic in SourceController.aplics(in: view) {
      let node = aplic.node
      if !(1..<mostSources).contains(aplic.last ?? 0) {
        report(
          "the APLIC does not say how many sources it has",
          at: aplic.limit.map(Spot.property) ?? .node(node), found: aplic.last.map { "\($0)" },
          expected: "riscv,num-sources of 1 to \(mostSources - 1)")
      }
      if !["msi-parent", "interrupts-extended", "interrupts"].contains(where: node.has) {
        report(
          "the APLIC sends no messages and signals no hart", at: .node(node),
          expected: "msi-parent or interrupts-extended")
      }
      if let cells = node.property("#interrupt-cells"), let count = cells.cell(0), count < 2 {
        report(
          "the specifiers of an APLIC have two cells", at: .property(cells), found: "\(count)",
          expected: "2")
      }
      checkRegisters(node, view, &report)
      checkMessages(node, view, &report)
      // The first is what QEMU wrote before there was a binding.
      for name in ["riscv,delegate", "riscv,delegation"] {
        node.property(name).map { checkDelegation($0, of: aplic, view, &report) }
      }
    }
  }

  /// **Source:** Linux `include/linux/irqchip/riscv-aplic.h`, `APLIC_TARGET_BASE`, `APLIC_IDC_BASE`,
  /// `APLIC_IDC_SIZE`.
  private static let controlSize: UInt64 = 0x4000
  private static let hartSize: UInt64 = 0x20

  /// The guest maps whole pages.
  private static let pageSize: UInt128 = 0x1000

  private static func checkRegisters(
    _ node: FlattenedTree.Node, _ view: GuestView, _ report: inout Reporter
  ) {
    guard node.has("reg") else {
      report("the APLIC has no registers", at: .node(node), expected: "reg")
      return
    }
    guard let first = view.registers(of: node).first, let size = first.size else { return }
    let harts = node.has("msi-parent") ? 0 : view.interrupts(of: node).count
    let needed = controlSize + UInt64(harts) * hartSize
    guard (UInt128(size) + pageSize - 1) / pageSize * pageSize < UInt128(needed) else { return }
    report(
      "the registers of the APLIC end before those of its sources",
      at: .cells(first.property, first.sizeCells, "reg[0].size"), found: ByteText.hexAndSize(size),
      expected: "\(ByteText.hexAndSize(needed)) or more")
  }

  /// The domain that delegates is firmware's, and so is its IMSIC.
  private static func checkMessages(
    _ node: FlattenedTree.Node, _ view: GuestView, _ report: inout Reporter
  ) {
    guard !node.has("riscv,children"), let property = node.property("msi-parent"),
      let target = property.cell(0).flatMap(view.phandles.node(for:)), view.isEnabled(target),
      target.isCompatible("riscv,imsics"),
      // Behind the phandle of a hart's controller, whose specifiers have one cell.
      let level = target.property("interrupts-extended")?.cell(1),
      level != SourceController.supervisorExternal,
      view.nodes(compatibleWith: "riscv,imsics").count > 1
    else { return }
    report(
      "the APLIC sends its messages to an IMSIC of another level", at: .property(property),
      found: "external interrupt \(level)",
      expected: "an IMSIC with external interrupt \(SourceController.supervisorExternal)",
      related: [Party("is named", at: .node(target))])
  }

  private static func checkDelegation(
    _ property: FlattenedTree.Property, of aplic: SourceController, _ view: GuestView,
    _ report: inout Reporter
  ) {
    for index in 0..<(property.cellCount / 3) {
      guard let phandle = property.cell(3 * index), let first = property.cell(3 * index + 1),
        let last = property.cell(3 * index + 2)
      else { return }
      let spot = Spot.element(property, index, cells: (3 * index)..<(3 * index + 3))
      let child = view.phandles.node(for: phandle)
      if !(child?.isCompatible("riscv,aplic") ?? false) {
        report(
          child == nil ? "it is delegated to no node" : "it is delegated to what is no APLIC",
          at: spot, found: child?.name ?? ByteText.hex(phandle),
          expected: "the phandle of an APLIC")
      } else if let child, first == 1, let all = child.property("riscv,num-sources")?.cell(0),
        last < all, property.cellCount == 3
      {
        report(
          "the child has more sources than are delegated to it", at: spot,
          found: "\(first) to \(last)", expected: "sources 1 to \(all) of \(child.name)",
          severity: .warning)
      } else if first == 0 || first > last || last > aplic.last ?? .max {
        report(
          "there are no such sources to delegate", at: spot, found: "\(first) to \(last)",
          expected: "sources from 1 to \(aplic.last ?? 0)")
      }
    }
  }
}
