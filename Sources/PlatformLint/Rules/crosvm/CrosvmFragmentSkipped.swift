import DeviceTree
import Diagnostics
import GuestView

/// crosvm finds the target of a fragment by its path or by a label.
enum CrosvmFragmentSkipped: TargetRule {
  static let id = "crosvm/fragment-skipped"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary = "crosvm leaves out a fragment whose target is a number"
  static let rationale = """
    The VMM goes by target-path. For a target that __fixups__ lists it writes that from the label; a phandle that \
    stands in the overlay as a number gets none, and a fragment without target-path is skipped. libfdt would look for \
    the phandle in the base.
    """
  static let consequence =
    "what stands in the fragment is not in the guest's tree, and nobody says so"
  static let help = "write target-path = \"/path\", or target = <&label>"
  static let sources = [
    Source.crosvm("cros_fdt/src/overlay.rs", "overlay_fragment", "apply_external_fixups")
  ]
  static let good = [OverlayExamples.fragment("target-path = \"/chosen\";")]
  static let bad = [OverlayExamples.fragment("target = <1>;  // finding")]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    let places = overlay.places
    for fragment in overlay.fragments where !fragment.node.has("target-path") {
      // What is no phandle at all, or waits for a label, is another rule's.
      guard let target = fragment.node.property("target"), target.count == 4,
        let phandle = target.cell(0), phandle != 0, phandle != .max,
        !places.contains([target.index, 0])
      else { continue }
      report(
        "crosvm skips a fragment without a path or a label", at: .property(target),
        found: UInt64(phandle).hex, expected: "target-path, or a label")
    }
  }
}
