import DeviceTree
import Diagnostics
import GuestView

/// A PLIC must say how many interrupts it has.
enum PLICWithoutSources: Rule {
  static let id = "guest/plic-without-sources"
  static let severity = Severity.error
  static let summary = "a PLIC has no riscv,ndev"
  static let rationale = """
    The registers of a PLIC depend on the number of its interrupt sources, which it does not tell \
    itself. The driver gives up where the property is missing or 0.
    """
  static let consequence = "no device has an interrupt"
  static let logLine: String? = "riscv-plic: <node>: riscv,ndev property not available"
  static let help = "write riscv,ndev, the highest interrupt number of the PLIC"
  static let sources = [
    Source.linux("drivers/irqchip/irq-sifive-plic.c", "plic_parse_nr_irqs_and_contexts"),
    .binding("interrupt-controller/sifive,plic-1.0.0.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &plic {
        riscv,ndev = <96>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &plic {  // finding
        /delete-property/ riscv,ndev;
      };
      """),
    Example(
      in: .riscv,
      """
      &plic {
        riscv,ndev = <0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in SourceController.plicNodes(in: view) where view.isEnabled(node) {
      let property = node.property("riscv,ndev")
      guard (property?.cell(0) ?? 0) == 0 else { continue }
      report(
        "the PLIC does not say how many interrupts it has",
        at: property.map(Spot.property) ?? .node(node),
        found: property?.cell(0).map { "\($0)" }, expected: "the highest interrupt number")
    }
  }
}
