import DeviceTree
import Diagnostics
import GuestView

/// A reference leads to a node.
enum DanglingReference: Rule {
  static let id = "structure/dangling-reference"
  static let severity = Severity.error
  static let summary = "a reference names no node"
  static let rationale = """
    A phandle that no node has leads nowhere. The driver that follows it gets an error where it \
    expected a clock, a reset line or a regulator, and most give up.
    """
  static let consequence = """
    the driver of the device fails to probe, or waits for ever for what it needs
    """
  static let logLine: String? = "OF: <node>: could not find phandle"
  static let help = "refer to the node by its label"
  static let exceptions = """
    Disabled nodes; iommus, iommu-map, msi-map and interrupt-map, which have rules of their own; and \
    phandles of 0 in lists like clocks, which leave out a reference that the driver may do without.
    """
  static let sources = [
    Source.devicetree("2.3.3"),
    .linux("drivers/of/base.c", "of_phandle_iterator_next"),
  ]
  static let alsoKnownAs = [
    "dtc: clocks_property", "dtc: gpios_property", "dtc: interrupts_extended_property",
  ]
  static let silencedBy: [any Rule.Type] = [
    DanglingMemoryRegion.self, StrayMemoryRegion.self,
  ]
  static let good = [
    Example(
      """
      &serial {
        clocks = <&clock>, <&clock>;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        clocks = <&clock>, <0x1234>;  // finding
      };

      """),
    Example(
      """
      &disk {
        reset-gpios = <0x1234 1 0>;  // finding
      };

      """),
    Example(
      """
      &disk {
        /delete-property/ interrupts;
        interrupts-extended = <0 0 16 1>;  // finding
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (property, fault, kind) in report.shared.references.faults {
      guard case .dangling(let cell) = fault else { continue }
      report(
        "the phandle belongs to no node", at: .cells(property, cell..<(cell + 1), "\(kind.name)"),
        found: property.cell(cell).map(ByteText.hex), expected: "the phandle of a node")
    }
  }
}
