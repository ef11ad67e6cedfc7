import DeviceTree
import Diagnostics
import GuestView

/// A fragment says what it changes.
enum FragmentWithoutTarget: Rule {
  static let id = "overlay/fragment-without-target"
  static let severity = Severity.error
  static let summary = "a fragment of an overlay has neither target nor target-path"
  static let rationale = """
    What stands in __overlay__ is laid over the node that target names by its phandle, or target-path by \
    its path.
    """
  static let consequence = "the overlay is refused as a whole"
  static let logLine: String? = "OF: overlay: find target, node: /<node>, no target property"
  static let help = "write target = <&label> or target-path = \"/path\" in the fragment"
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_get_target_phandle", "fdt_overlay_target_offset"),
    .linux("drivers/of/overlay.c", "find_target"),
  ]
  static let good = [OverlayExamples.fragment("target-path = \"/\";")]
  static let bad = [
    OverlayExamples.fragment("label = \"first\";", "  // finding"),
    OverlayExamples.fragment("target = <>;  // finding"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fragment in overlay.fragments {
      let target = fragment.node.property("target")
      if let target, target.count != 4 {
        report(
          "target is not a phandle", at: .property(target), found: ByteText.size(target.count),
          expected: "4 bytes")
      } else if target == nil || target?.cell(0) == 0, !fragment.node.has("target-path") {
        report(
          "the fragment does not say what it changes", at: .node(fragment.node),
          expected: "target or target-path")
      }
    }
  }
}
