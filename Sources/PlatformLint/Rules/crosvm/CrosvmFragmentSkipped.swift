import DeviceTree
import Diagnostics
import GuestView

/// crosvm finds the target of a fragment by its path or by a label.
enum CrosvmFragmentSkipped: TargetRule {
  static let id = "crosvm/fragment-skipped"
  static let profile: TargetName? = .crosvm
  static let severity = Severity.error
  static let summary =
    "crosvm leaves out a fragment whose target is a number, or a label of the overlay itself"
  static let rationale = """
    The VMM goes by target-path. For a target that __fixups__ lists it writes that from the label; a phandle that \
    stands in the overlay as a number gets none, nor does that of a node which the overlay itself adds, and a fragment \
    without target-path is skipped. libfdt would look for the phandle in the base.
    """
  static let consequence =
    "what stands in the fragment is not in the guest's tree, and nobody says so"
  static let help =
    "write target-path = \"/path\", or target = <&label> with a label of the base; put what is for a node of the "
    + "overlay into that node"
  static let sources = [
    Source.crosvm("cros_fdt/src/overlay.rs", "overlay_fragment", "apply_external_fixups")
  ]
  static let good = [OverlayExamples.fragment("target-path = \"/chosen\";")]
  static let bad = [
    OverlayExamples.fragment("target = <1>;  // finding"),
    // As a compiler writes target = <&device>, of a node in the same overlay.
    OverlayExamples.fragment(
      "target-path = \"/\";",
      body: "device {\n        phandle = <1>;\n      };",
      more: """

          fragment@1 {
            target = <1>;  // finding
            __overlay__ {
              model = "changed";
            };
          };
          __local_fixups__ {
            fragment@1 {
              target = <0>;
            };
          };
        """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = CrosvmOverlay(view) else { return }
    for (_, target) in overlay.fragments {
      guard case .phandle(let property) = target, let phandle = property.cell(0) else { continue }
      report(
        "crosvm skips a fragment without a path or a label of the base", at: .property(property),
        found: UInt64(phandle).hex, expected: "target-path, or a label of the base")
    }
  }
}
