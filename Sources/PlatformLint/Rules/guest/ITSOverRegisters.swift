import DeviceTree
import Diagnostics
import GuestView

/// The ITS has registers of its own.
enum ITSOverRegisters: Rule {
  static let id = "guest/its-over-registers"
  static let severity = Severity.error
  static let summary = "the registers of an ITS are also redistributors of its GIC"
  static let rationale = """
    Each is mapped by its own driver, and what is written to the one reaches the other. The ITS \
    then reads nonsense about itself, or turns redistributors of CPUs off.
    """
  static let consequence = """
    functions of PCI have no message-signalled interrupts, or CPUs no interrupts at all
    """
  static let logLine: String? = "ITS: No ITS available, not enabling LPIs"
  static let help = "move the ITS away from the redistributors"
  static let exceptions =
    "The window of the distributor, which chips describe with room behind its registers."
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3-its.c", "its_probe_one"),
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
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Looked up by the GIC's index, never walked.
    var gics: [Int: GICv3] = [:]
    for gic in GICv3.all(in: view) { gics[gic.node.index] = gic }
    for node in view.nodes(compatibleWith: "arm,gic-v3-its") where view.isEnabled(node) {
      guard let gic = node.parent.flatMap({ gics[$0.index] }) else { continue }
      for entry in view.registers(of: node).prefix(Self.mostEntries) {
        guard let range = entry.range,
          let other = gic.redistributors.prefix(Self.mostEntries).first(where: {
            $0.range?.overlaps(range) ?? false
          })
        else { continue }
        report(
          "the registers of the ITS overlap the redistributors of \(gic.node.name)",
          at: .element(entry.property, entry.index, cells: entry.cells), found: "\(range)",
          expected: "addresses of its own",
          related: [
            Party(
              "has the same addresses",
              at: .element(other.property, other.index, cells: other.cells))
          ])
      }
    }
  }

  /// How many entries of a reg are looked at: a tree of any use has a few.
  private static let mostEntries = 16
}
