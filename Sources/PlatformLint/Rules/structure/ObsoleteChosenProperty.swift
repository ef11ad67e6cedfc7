import DeviceTree
import Diagnostics
import GuestView

/// `/chosen` has outgrown some of its properties.
enum ObsoleteChosenProperty: Rule {
  static let id = "structure/obsolete-chosen-property"
  static let severity = Severity.note
  static let summary = "a property of /chosen has been replaced by another one"
  static let rationale = """
    The property linux,stdout-path is read by old kernels and, as a fall-back, by new ones; the specification \
    has stdout-path. An interrupt-controller in /chosen was never read by Linux for a device tree \
    of this form.
    """
  static let consequence = """
    Linux still reads linux,stdout-path where stdout-path is absent, and ignores interrupt- \
    controller
    """
  static let help = "write stdout-path, and leave interrupt-controller out"
  static let sources = [
    Source.devicetree("3.6"),
    .linux("drivers/of/base.c", "of_alias_scan"),
  ]
  static let alsoKnownAs = [
    "dtc: chosen_node_stdout_path", "dtc: obsolete_chosen_interrupt_controller",
  ]
  static let good = [
    Example(
      """
      &chosen {
        stdout-path = "/serial@9000000";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        /delete-property/ stdout-path;
        linux,stdout-path = "/serial@9000000";  // finding
      };

      """),
    Example(
      """
      &chosen {
        interrupt-controller = <&gic>;  // finding
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let chosen = view.tree.root.child("chosen") else { return }
    if let property = chosen.property("linux,stdout-path") {
      report("linux,stdout-path is obsolete", at: .property(property), expected: "stdout-path")
    }
    if let property = chosen.property("interrupt-controller") {
      report("interrupt-controller is obsolete here", at: .property(property))
    }
  }
}
