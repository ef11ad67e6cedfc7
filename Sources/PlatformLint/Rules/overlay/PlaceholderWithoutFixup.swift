import DeviceTree
import Diagnostics
import GuestView

/// Every placeholder of an overlay is listed.
enum PlaceholderWithoutFixup: Rule {
  static let id = "overlay/placeholder-without-fixup"
  static let severity = Severity.error
  static let summary =
    "a reference of an overlay is a placeholder that no entry of __fixups__ fills in"
  static let rationale = """
    The compiler leaves 0xffffffff where the phandle of a label of the base belongs, and lists the place. \
    One that isn't listed stays, and no node has this phandle.
    """
  static let consequence =
    "the overlay is refused if it is a target; else the reference leads nowhere"
  static let help = "list the place in __fixups__ under its label"
  static let exceptions = """
    Properties of which the names don't tell that they are references, and cells behind the first where \
    arguments may stand. An overlay without any __fixups__ is told once, and nothing is said where an entry \
    leads elsewhere than to a placeholder.
    """
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_get_target_phandle"),
    .linux("drivers/of/base.c", "of_find_node_by_phandle"),
  ]
  static let good = [OverlayExamples.fixup("/fragment@0:target:0", "")]
  static let bad = [
    OverlayExamples.fragment(
      "target = <0xffffffff>;",
      body: "memory-region = <0xffffffff>;  // finding",
      more: """

          __fixups__ {
            soc = "/fragment@0:target:0";
          };
        """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // An entry that leads nowhere was meant for a placeholder, and is reported as what it is.
    guard let overlay = OverlayTree(view), overlay.hasFixups, overlay.fixupsAreSound else { return }
    let places = overlay.places
    for reference in OverlayReferences.all(in: view) where reference.phandle == .max {
      guard !places.contains([reference.property.index, 4 * reference.cell]) else { continue }
      report(
        "nothing fills in the placeholder", at: reference.spot, found: "0xffffffff",
        expected: "an entry of __fixups__")
    }
  }
}
