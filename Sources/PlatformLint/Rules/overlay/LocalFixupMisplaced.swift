import DeviceTree
import Diagnostics
import GuestView

/// `__local_fixups__` mirrors the overlay.
enum LocalFixupMisplaced: Rule {
  static let id = "overlay/local-fixup-misplaced"
  static let severity = Severity.error
  static let summary = "__local_fixups__ has a node, property or offset that the overlay hasn't"
  static let rationale = """
    The phandles of an overlay are shifted so that they don't meet those of the base, and with them \
    every reference that __local_fixups__ lists: in nodes and properties of the same names, at these \
    numbers of bytes. libfdt does not look whether an offset is within the value.
    """
  static let consequence = """
    the overlay is refused; with an offset past the end, libfdt changes bytes that belong to something \
    else
    """
  static let help = "compile the overlay anew, or correct the node, the property and the offsets"
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_update_local_node_references"),
    .linux("drivers/of/resolver.c", "adjust_local_phandle_references"),
  ]
  static let good = [OverlayExamples.local("0", "")]
  static let bad = [
    OverlayExamples.local("8", "  // finding"),
    OverlayExamples.local("0", "  // finding", property: "interrupts-extend"),
    OverlayExamples.local("0", "  // finding", node: "device@1"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fixup in overlay.localFixups {
      guard case .failure(let fault) = fixup.place else { continue }
      let spot =
        fixup.cell.map { Spot.element(fixup.property, $0, cells: $0..<($0 + 1)) }
        ?? .property(fixup.property)
      report(
        OverlayFaults.text(of: fault) ?? "the value is not a list of offsets", at: spot,
        found: fixup.cell == nil ? ByteText.size(fixup.property.count) : nil,
        expected: "a place in the overlay", related: OverlayFaults.parties(fault))
    }
  }
}
