import DeviceTree
import Diagnostics
import GuestView

/// crosvm's tree has one label.
enum CrosvmLabelUnknown: TargetRule {
  static let id = "crosvm/label-unknown"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "an overlay refers to a label that crosvm's tree doesn't have"
  static let rationale = """
    Overlays are laid over crosvm's own tree before the guest starts. In that tree one node has a label, intc. A label \
    that isn't there, and that no overlay in front of this one brought, ends the start.
    """
  static let consequence = "crosvm doesn't start the guest"
  static let logExample: String? =
    "Error applying device tree overlay: cannot find symbol soc in base fdt"
  static let help = "name the node by its path, in target-path, or add it with the overlay"
  static let exceptions = """
    Labels of an overlay in front of this one: those of one run that are named one by one, or with --base, are taken to \
    be laid in this order. Each of those that a directory or a pattern stands for is judged as if it were the only one.
    """
  static let sources = [
    Source.crosvm("cros_fdt/src/overlay.rs", "apply_external_fixups"),
    .crosvm("aarch64/src/fdt.rs", "create_gic_node", "add_symbols_entry"),
  ]
  static let good = [reference(to: "intc")]
  static let bad = [reference(to: "soc", "  // finding")]

  private static func reference(to label: String, _ marker: String = "") -> Example {
    OverlayExamples.fragment(
      "target-path = \"/\";",
      body: """
        device {
                interrupt-parent = <0xffffffff>;
              };
        """,
      more: """

          __fixups__ {
            \(label) = "/fragment@0/__overlay__/device:interrupt-parent:0";\(marker)
          };
        """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let fixups = view.tree.root.child("__fixups__"), let overlay = CrosvmOverlay(view)
    else { return }
    for property in fixups.properties
    where !Crosvm.labels.contains(property.name) && !overlay.labels.contains(property.name) {
      report(
        "crosvm's tree has no such label", at: .property(property), found: property.name,
        expected: Crosvm.labels.joined(separator: ", "),
        log: .line(
          "Error applying device tree overlay: cannot find symbol \(property.name) in base fdt"))
    }
  }
}
