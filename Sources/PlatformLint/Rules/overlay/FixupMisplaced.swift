import DeviceTree
import Diagnostics
import GuestView

/// Every entry of `__fixups__` leads to four bytes.
enum FixupMisplaced: Rule {
  static let id = "overlay/fixup-misplaced"
  static let severity = Severity.error
  static let summary = "an entry of __fixups__ leads to no node, no property, or past its end"
  static let rationale = """
    The phandle of the label is written to the place. Where the node or the property is missing, or the \
    value ends before the place does, the overlay was edited after it was compiled, or by hand.
    """
  static let consequence = """
    the overlay is refused; a running Linux passes over a missing node, and the reference stays empty
    """
  static let logLine: String? = "OF: resolver: overlay phandle fixup failed:"
  static let help = "compile the overlay anew, or correct the path and the offset"
  static let sources = [
    Source.libfdt(
      "fdt_overlay.c", "overlay_fixup_one_phandle", "fdt_setprop_inplace_namelen_partial"),
    .linux("drivers/of/resolver.c", "update_usages_of_a_phandle_reference"),
  ]
  static let good = [OverlayExamples.fixup("/fragment@0:target:0", "")]
  static let bad = [
    OverlayExamples.fixup("/fragment@1:target:0", "  // finding", target: "0x7"),
    OverlayExamples.fixup("/fragment@0:targets:0", "  // finding", target: "0x7"),
    OverlayExamples.fixup("/fragment@0:target:4", "  // finding", target: "0x7"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fixup in overlay.fixups {
      guard case .failure(let fault) = fixup.place, let problem = OverlayFaults.text(of: fault)
      else { continue }
      report(
        problem, at: .property(fixup.property), found: "\"\(fixup.text)\"",
        expected: "a place in the overlay", related: OverlayFaults.parties(fault))
    }
  }
}
