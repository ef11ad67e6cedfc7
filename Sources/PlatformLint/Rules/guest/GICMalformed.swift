import DeviceTree
import Diagnostics
import GuestView

/// A GIC needs its distributor, its redistributors, and specifiers of three or four cells.
enum GICMalformed: Rule {
  static let id = "guest/gic-malformed"
  static let severity = Severity.error
  static let summary = "the GIC lacks registers, takes no interrupts, or serves too few CPUs"
  static let rationale = """
    The first entry of reg is the distributor, then come as many redistributor regions as \
    #redistributor-regions says, one where it says nothing. A specifier has three cells, or four \
    with partitions, and the node has to be marked as an interrupt controller. The distributor has its \
    identification at its end, which is read before anything else. A GICv2 has its distributor and its \
    CPU interface in reg, and serves 8 CPUs at most.
    """
  static let consequence = "the guest has no interrupts, and stops early in its boot"
  static let logLine: String? = "GICv3: <node>: couldn't map region 0"
  static let help = """
    write interrupt-controller, #interrupt-cells = <3>, and the distributor and redistributors in reg
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_of_init"),
    .linux("drivers/irqchip/irq-gic.c", "gic_of_setup", "gic_cpu_init"),
    .linux("drivers/of/irq.c", "of_irq_init"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("#redistributor-regions = <0>: mpidr 0 has no re-distributor, panic"),
    .observed("a distributor of 0x1000 bytes: an oops when its version is read"),
  ]
  static let good = [example("reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;")]
  static let bad = [
    example("reg = <0x0 0x8000000 0x0 0x10000>;  // finding"),
    example(
      """
      #redistributor-regions = <2>;
          reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;  // finding
      """),
    example(
      "reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;", cells: "<2>;  // finding"),
    example("reg = <0x0 0x8000000 0x0 0x1000>, <0x0 0x80a0000 0x0 0xf60000>;  // finding"),
    example(
      """
      reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x80a0000 0x0 0xf60000>;
          #redistributor-regions = <0>;  // finding
      """),
    Example(
      """
      &gic {
        compatible = "arm,gic-400";
        reg = <0x0 0x8000000 0x0 0x10000>;  // finding
      };
      """),
    Example(
      """
      &gic {
        compatible = "arm,gic-400";
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8000000 0x0 0x10000>;  // finding
      };
      """),
  ]

  private static func example(_ reg: String, cells: String = "<3>;") -> Example {
    Example(
      in: .none,
      """
      / {
        #address-cells = <2>;
        #size-cells = <2>;
        memory@40000000 {
          device_type = "memory";
          reg = <0x0 0x40000000 0x0 0x10000000>;
        };
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            reg = <0>;
          };
        };
        interrupt-controller@8000000 {
          compatible = "arm,gic-v3";
          interrupt-controller;
          #interrupt-cells = \(cells)
          \(reg)
        };
      };
      """)
  }

  /// The size of a distributor of version 3 with its identification registers.
  ///
  /// **Source:** Linux `include/linux/irqchip/arm-gic-v3.h`, `GICD_PIDR2`.
  private static let distributorSize: UInt64 = 64 << 10

  /// **Source:** Linux `drivers/irqchip/irq-gic.c`, `IRQCHIP_DECLARE`.
  private static let secondVersions = [
    "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic", "arm,cortex-a7-gic", "arm,pl390",
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cpus = secondVersions.allSatisfy { view.nodes(compatibleWith: $0).isEmpty } ? [] : view.cpus
    for name in secondVersions {
      for node in view.nodes(compatibleWith: name) where view.isEnabled(node) {
        let registers = view.registers(of: node)
        let count = registers.count
        guard secondVersions.first(where: node.isCompatible) == name else { continue }
        checkOverlap(registers.prefix(2), distributor: secondDistributorSize, &report)
        checkCPUs(node, cpus, &report)
        guard count < 2 else { continue }
        report(
          "reg has too few entries", at: node.property("reg").map(Spot.property) ?? .node(node),
          found: "\(count) entries", expected: "the distributor and the CPU interface")
      }
    }
    for gic in GICv3.all(in: view) {
      checkRegisters(gic, &report)
      checkOverlap(
        gic.registers.prefix(1 + gic.redistributors.prefix(mostEntries).count),
        distributor: distributorSize, &report)
      if !gic.node.has("interrupt-controller") {
        report(
          "the GIC is not marked as an interrupt controller", at: .node(gic.node),
          expected: "interrupt-controller")
      }
      let cells = gic.node.property("#interrupt-cells")
      if let cells, let count = cells.cell(0), count != 3, count != 4 {
        report(
          "the specifiers of a GIC have no such length", at: .property(cells), found: "\(count)",
          expected: "3 or 4")
      } else if cells == nil {
        report("the GIC has no #interrupt-cells", at: .node(gic.node), expected: "3 or 4")
      }
    }
  }

  /// The size of a distributor of version 2.
  ///
  /// **Source:** Arm Generic Interrupt Controller Architecture Specification, version 2.0, section 4.1.2.
  private static let secondDistributorSize: UInt64 = 4 << 10

  /// How many entries of a reg are looked at: a tree of any use has a few.
  private static let mostEntries = 16

  /// The first entry is the distributor, which may be described with room behind its registers.
  private static func checkOverlap(
    _ registers: ArraySlice<RegisterEntry>, distributor: UInt64, _ report: inout Reporter
  ) {
    guard let first = registers.first, let whole = first.range,
      let own = AddressRange(at: whole.first, size: min(distributor, UInt64(clamping: whole.size)))
    else { return }
    for entry in registers.dropFirst() {
      guard let range = entry.range, range.overlaps(own) else { continue }
      report(
        "the range is also that of the distributor",
        at: .element(entry.property, entry.index, cells: entry.cells), found: "\(range)",
        expected: "nothing in common with \(whole)",
        related: [
          Party(
            "is the distributor", at: .element(first.property, first.index, cells: first.cells))
        ])
    }
  }

  /// **Source:** Linux `drivers/irqchip/irq-gic.c`, `NR_GIC_CPU_IF`.
  private static let mostCPUs = 8

  private static func checkCPUs(
    _ node: FlattenedTree.Node, _ cpus: [CPUNode], _ report: inout Reporter
  ) {
    guard cpus.count > mostCPUs else { return }
    report(
      "a GICv2 serves \(mostCPUs) CPUs, and there are more", at: .node(node),
      found: "\(cpus.count) CPUs", expected: "\(mostCPUs) or fewer, or a GICv3",
      related: [Party("is the first too many", at: .node(cpus[mostCPUs].node))])
  }

  private static func checkRegisters(_ gic: GICv3, _ report: inout Reporter) {
    if gic.regionCount == 0, let count = gic.node.property("#redistributor-regions") {
      report(
        "the GIC has no redistributors", at: .property(count), found: "0", expected: "1 or more")
    }
    let expected = "the distributor and \(gic.regionCount) redistributor regions"
    if let reg = gic.node.property("reg"), gic.registers.count <= gic.regionCount {
      report(
        "reg has too few entries", at: .property(reg), found: "\(gic.registers.count) entries",
        expected: expected)
    } else if gic.registers.isEmpty {
      report("the GIC has no registers", at: .node(gic.node), expected: expected)
    }
    if let first = gic.registers.first, let size = first.size, size < distributorSize {
      report(
        "the distributor is too small for its registers",
        at: .cells(first.property, first.sizeCells, "reg[0].size"),
        found: ByteText.hexAndSize(size), expected: ByteText.hexAndSize(distributorSize))
    }
  }
}
