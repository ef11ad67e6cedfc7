import DeviceTree
import Diagnostics
import GuestView

/// `msi-parent` names an MSI controller.
enum MSIParentTarget: Rule {
  static let id = "structure/msi-parent-target"
  static let severity = Severity.error
  static let summary = "msi-parent names a node that is no MSI controller, or is disabled"
  static let rationale = """
    Message-signalled interrupts are had from the controller that msi-parent names. A node \
    without msi-controller is none, and one that is disabled is never started. An APLIC that \
    sends messages does not come up without its IMSIC, and so do all devices behind it.
    """
  static let consequence = """
    the device has no message-signalled interrupts, and an APLIC does not work at all
    """
  static let logExample: String? =
    "virtio_blk virtio2: probe with driver virtio_blk failed with error -524"
  static let help = "name the ITS, the MSI frame or the IMSIC, and enable it"
  static let exceptions = """
    A warning for a controller that is disabled: devices of PCI can do with their pins.
    """
  static let sources = [
    Source.linux("drivers/of/irq.c", "of_msi_get_domain"),
    .linux("drivers/irqchip/irq-riscv-aplic-msi.c", "aplic_msi_setup"),
    .binding("interrupt-controller/msi.txt"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        /delete-property/ msi-map;
        msi-parent = <&its 0>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        /delete-property/ msi-map;
        msi-parent = <&gic>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "msi-parent") {
      var cell = 0
      while let phandle = property.cell(cell), let target = view.phandles.node(for: phandle) {
        let arguments = target.property("#msi-cells")?.cell(0) ?? 0
        let spot = Spot.cells(property, cell..<(cell + 1), "msi-parent")
        if !isController(target) {
          report(
            "\(target.name) is no MSI controller", at: spot, expected: "a node with msi-controller",
            related: [Party("is named", at: .node(target))])
        } else if !view.isEnabled(target), !property.node.isCompatible("riscv,aplic") {
          report(
            "\(target.name) is disabled", at: spot, expected: "an enabled node",
            related: [Party("is disabled", at: .node(target))], severity: .warning)
        }
        guard arguments <= 16 else { break }
        cell += 1 + Int(arguments)
      }
    }
  }

  /// Whether the node is one, or one that lacks the mark, which its own rule tells.
  private static func isController(_ node: FlattenedTree.Node) -> Bool {
    node.has("msi-controller") || node.isCompatible("arm,gic-v3-its")
      || node.isCompatible("riscv,imsics")
  }
}
