import DeviceTree
import Diagnostics
import GuestView

/// A reference leads to a node that takes references.
enum ReferenceToNonProvider: Rule {
  static let id = "structure/reference-to-non-provider"
  static let severity = Severity.error
  static let summary = "a reference names a node that is no provider of its kind"
  static let rationale = """
    A node that provides clocks has #clock-cells, one that provides resets has #reset-cells, and so \
    on. Without the property nobody knows how many cells belong to a reference, and no driver has \
    registered the node for the purpose.
    """
  static let consequence = "the driver of the device fails to probe"
  static let logExample: String? =
    "OF: /serial@9000000: could not get #clock-cells for /interrupt-controller@8000000"
  static let help = "refer to a provider, or add the property to the node"
  static let exceptions = """
    Disabled nodes; references to IOMMUs and MSI controllers, which have rules of their own.
    """
  static let sources = [
    Source.devicetree("2.3.3"),
    .linux("drivers/of/base.c", "of_phandle_iterator_next"),
  ]
  static let alsoKnownAs = ["dtc: clocks_property", "dtc: resets_property"]
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
        clocks = <&clock>, <&gic>;  // finding
      };

      """),
    Example(
      """
      &disk {
        resets = <&clock>;  // finding
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (property, fault, kind) in report.shared.references.faults {
      guard case .notProvider(let cell, let target) = fault, let cells = kind.cells else {
        continue
      }
      report(
        "\(target.name) has no \(cells)", at: .cells(property, cell..<(cell + 1), "\(kind.name)"),
        expected: "a node with \(cells)",
        related: [Party("is no provider", at: .node(target))])
    }
  }
}
