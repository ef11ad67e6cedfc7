import DeviceTree
import Diagnostics
import GuestView

/// An ITS must be marked as an MSI controller.
enum ITSMalformed: Rule {
  static let id = "guest/its-malformed"
  static let severity = Severity.error
  static let summary = "an ITS lacks registers, msi-controller or #msi-cells = <1>"
  static let rationale = """
    The driver passes over an ITS without msi-controller. What refers to it takes one cell behind \
    its phandle, the device's ID, and #msi-cells says so.
    """
  static let consequence = "functions of PCI have no message-signalled interrupts"
  static let logLine: String? = "<node>: no msi-controller property, ITS ignored"
  static let help = "write msi-controller and #msi-cells = <1> in the node of the ITS"
  static let exceptions = """
    A warning without #msi-cells, since msi-map, unlike msi-parent, is read without it.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3-its.c", "its_of_probe"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &its {
        #msi-cells = <1>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &its {  // finding
        /delete-property/ msi-controller;
      };
      &pci {
        /delete-property/ msi-map;
      };
      """),
    Example(
      in: .pci,
      """
      &its {
        #msi-cells = <0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWith: "arm,gic-v3-its") where view.isEnabled(node) {
      if !node.has("reg") {
        report("the ITS has no registers", at: .node(node), expected: "reg")
      }
      if !node.has("msi-controller") {
        report("the ITS has no msi-controller", at: .node(node), expected: "msi-controller")
      }
      let cells = node.property("#msi-cells")
      guard cells?.cell(0) != 1 else { continue }
      report(
        cells == nil ? "the ITS has no #msi-cells" : "the ITS has the wrong #msi-cells",
        at: cells.map(Spot.property) ?? .node(node), found: cells?.cell(0).map { "\($0)" },
        expected: "1", severity: cells == nil ? .warning : nil)
    }
  }
}
