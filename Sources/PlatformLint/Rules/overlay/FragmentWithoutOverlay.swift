import DeviceTree
import Diagnostics
import GuestView

/// What a fragment changes stands in `__overlay__`.
enum FragmentWithoutOverlay: Rule {
  static let id = "overlay/fragment-without-overlay"
  static let severity = Severity.warning
  static let summary = "a fragment of an overlay has no __overlay__"
  static let rationale = """
    A child of the root without a child __overlay__ is none of the overlay's fragments, and is passed \
    over, whatever it is called.
    """
  static let consequence = "the changes in the node are not made, without a word"
  static let help = "put the changes into a child named __overlay__"
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_merge"),
    .linux("drivers/of/overlay.c", "init_overlay_changeset"),
  ]
  static let good = [OverlayExamples.fragment("target-path = \"/\";")]
  static let bad = [
    OverlayExamples.fragment(
      "target-path = \"/\";",
      more: """

          fragment@1 {  // finding
            target-path = "/";
            __overlays__ {
              model = "other";
            };
          };
        """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.isOverlay else { return }
    for node in view.tree.root.children where node.child("__overlay__") == nil {
      guard node.has("target") || node.has("target-path") else { continue }
      report("the fragment has no __overlay__", at: .node(node), expected: "a child __overlay__")
    }
  }
}
