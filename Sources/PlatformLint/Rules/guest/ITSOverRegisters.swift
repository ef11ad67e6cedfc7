import DeviceTree
import Diagnostics
import GuestView

/// An ITS or an MSI frame has registers of its own.
enum ITSOverRegisters: Rule {
  static let id = "guest/its-over-registers"
  static let severity = Severity.error
  static let summary = "the registers of an ITS or MSI frame are also those of its GIC"
  static let rationale = """
    Each is mapped by its own driver, and what is written to the one reaches the other. The ITS \
    then reads nonsense about itself, or turns redistributors of CPUs off.
    """
  static let consequence = """
    functions of PCI have no message-signalled interrupts, or the guest has no interrupts at all
    """
  static let logLine: String? = "ITS: No ITS available, not enabling LPIs"
  static let help = "move the ITS or the frame away from the registers of the GIC"
  static let exceptions =
    "The end of the window of a distributor, which chips describe with room behind its registers."
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3-its.c", "its_probe_one"),
    .linux("drivers/irqchip/irq-gic-v2m.c", "gicv2m_init_one"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &its {
        reg = <0x0 0x8080000 0x0 0x20000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &gic {
        /delete-node/ msi-controller@8080000;
        translator: msi-controller@80a0000 {
          compatible = "arm,gic-v3-its";
          reg = <0x0 0x80a0000 0x0 0x20000>;  // finding
          msi-controller;
          #msi-cells = <1>;
        };
      };
      &pci {
        msi-map = <0x0 &translator 0x0 0x10000>;
      };
      """),
    Example(
      """
      &gic {
        compatible = "arm,cortex-a15-gic";
        #address-cells = <2>;
        #size-cells = <2>;
        ranges;
        reg = <0x0 0x8000000 0x0 0x10000>, <0x0 0x8010000 0x0 0x10000>;
        v2m@8010000 {
          compatible = "arm,gic-v2m-frame";
          reg = <0x0 0x8010000 0x0 0x1000>;  // finding
          msi-controller;
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Looked up by the GIC's index, never walked.
    var known: [Int: [Registers]] = [:]
    for name in ["arm,gic-v3-its", "arm,gic-v2m-frame"] {
      for node in view.nodes(compatibleWith: name) where view.isEnabled(node) {
        guard let gic = node.parent else { continue }
        let others = known[gic.index] ?? registers(of: gic, view)
        known[gic.index] = others
        for entry in view.registers(of: node).prefix(mostEntries) {
          // With a part of an entry at its end the value was written for other cells.
          guard entry.property.cellCount % entry.cells.count == 0, let range = entry.range,
            let other = others.first(where: { $0.range.overlaps(range) })
          else { continue }
          report(
            "the registers of \(node.name) overlap the \(other.what) of \(gic.name)",
            at: .element(entry.property, entry.index, cells: entry.cells), found: "\(range)",
            expected: "addresses of its own",
            related: [
              Party(
                "has the same addresses",
                at: .element(
                  other.entry.property, other.entry.index, cells: other.entry.cells))
            ])
        }
      }
    }
  }

  private typealias Registers = (what: String, range: AddressRange, entry: RegisterEntry)

  /// What is known of the registers of the GIC at `node`; none where it is none.
  private static func registers(
    of node: FlattenedTree.Node, _ view: GuestView
  ) -> [Registers] {
    guard view.isGIC(nodeAt: node.index) else { return [] }
    let isThird = node.isCompatible("arm,gic-v3")
    let count = isThird ? mostEntries : 2
    return view.registers(of: node).prefix(count).compactMap { entry in
      guard let range = entry.range else { return nil }
      let what = entry.index == 0 ? "distributor" : isThird ? "redistributors" : "CPU interface"
      // A distributor of version 3 has 64 KiB, and what version 2 has is the first page.
      guard !isThird || entry.index == 0 else { return (what, range, entry) }
      let size = min(UInt64(clamping: range.size), isThird ? 64 << 10 : 4 << 10)
      return AddressRange(at: range.first, size: size).map { (what, $0, entry) }
    }
  }

  /// How many entries of a reg are looked at: a tree of any use has a few.
  private static let mostEntries = 16
}
