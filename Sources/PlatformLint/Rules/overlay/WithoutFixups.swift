import DeviceTree
import Diagnostics
import GuestView

/// An overlay with placeholders says in `__fixups__` what they stand for.
enum WithoutFixups: Rule {
  static let id = "overlay/without-fixups"
  static let severity = Severity.error
  static let summary = "an overlay has placeholders and no __fixups__"
  static let rationale = """
    Where a label of the base is meant, the compiler leaves 0xffffffff and lists the place in __fixups__. \
    Old compilers do so only with -@, and tools that strip a tree may drop the node.
    """
  static let consequence = """
    a fragment whose target is a placeholder makes the overlay be refused; other references lead nowhere
    """
  static let help = "compile with dtc -@, and keep __fixups__"
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_fixup_phandles", "overlay_get_target_phandle"),
    .linux("drivers/of/resolver.c", "of_resolve_phandles"),
  ]
  static let good = [OverlayExamples.fixup("/fragment@0:target:0", "")]
  static let bad = [
    Example(
      in: .none,
      """
      / {  // finding
        fragment@0 {
          target = <0xffffffff>;
          __overlay__ {
            memory-region = <0xffffffff>;
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view), !overlay.hasFixups else { return }
    let placeholders = OverlayReferences.all(in: view).filter { $0.phandle == .max }
    guard !placeholders.isEmpty else { return }
    report(
      "the overlay has placeholders and does not say what they stand for",
      at: .node(view.tree.root), found: "\(placeholders.count) placeholders",
      expected: "__fixups__",
      related: placeholders.prefix(4).map { Party("is a placeholder", at: $0.spot) })
  }
}
