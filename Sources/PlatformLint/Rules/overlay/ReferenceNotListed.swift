import DeviceTree
import Diagnostics
import GuestView

/// A reference inside an overlay is listed in `__local_fixups__`.
enum ReferenceNotListed: Rule {
  static let id = "overlay/reference-not-listed"
  static let severity = Severity.error
  static let summary = "a reference to a node of the overlay is not in __local_fixups__"
  static let rationale = """
    The phandles of an overlay are shifted when it is applied, so that they don't meet those of the base. \
    A reference that isn't listed keeps its number, and leads to nothing or to a node of the base.
    """
  static let consequence = "the reference leads to another node, or to none, without a word"
  static let help = "list the place in __local_fixups__, or let dtc write it"
  static let exceptions = """
    Properties of which the names don't tell that they are references, and cells behind the first where \
    arguments may stand. Nothing is said where a cell of __local_fixups__ leads elsewhere than to a reference.
    """
  static let sources = [
    Source.libfdt(
      "fdt_overlay.c", "overlay_adjust_local_phandles", "overlay_update_local_references"),
    .linux("drivers/of/resolver.c", "of_resolve_phandles"),
  ]
  static let good = [OverlayExamples.local("0", "")]
  static let bad = [
    OverlayExamples.fragment(
      "target-path = \"/\";",
      body: """
        device {
                interrupt-parent = <1>;  // finding
              };
              controller {
                phandle = <1>;
              };
        """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // A cell that leads nowhere was meant for a reference, and is reported as what it is.
    guard let overlay = OverlayTree(view), overlay.localFixupsAreSound(view) else { return }
    let places = overlay.places
    for reference in OverlayReferences.all(in: view) where reference.phandle != .max {
      guard let target = view.phandles.node(for: reference.phandle),
        !places.contains([reference.property.index, 4 * reference.cell])
      else { continue }
      report(
        "the reference to \(target.name) is not shifted with its phandle", at: reference.spot,
        found: ByteText.hex(reference.phandle), expected: "a cell in __local_fixups__",
        related: [Party("has this phandle until the overlay is applied", at: .node(target))])
    }
  }
}
