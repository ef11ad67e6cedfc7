import DeviceTree
import Diagnostics
import GuestView

/// What a fixup replaces is a reference.
enum FixupOverValue: Rule {
  static let id = "overlay/fixup-over-value"
  static let severity = Severity.warning
  static let summary =
    "a fixup leads to a cell that is no placeholder and no phandle of the overlay"
  static let rationale = """
    The compiler leaves 0xffffffff where the phandle of a label of the base belongs, and the phandle of the \
    overlay's own node where one of those does. Another number is a value that was meant, and is \
    overwritten, while the reference stays as it is.
    """
  static let consequence = "a phandle is written over a value, or a sum that is no phandle"
  static let help = "correct the offset, which counts bytes from the start of the value"
  static let sources = [
    Source.libfdt(
      "fdt_overlay.c", "overlay_fixup_one_phandle", "overlay_update_local_node_references"),
    .linux("drivers/of/resolver.c", "adjust_local_phandle_references"),
  ]
  static let good = [
    OverlayExamples.fixup("/fragment@0:target:0", ""), OverlayExamples.local("0", ""),
  ]
  static let bad = [
    OverlayExamples.fixup("/fragment@0:target:0", "  // finding", target: "0x7"),
    OverlayExamples.local("4", "  // finding"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fixup in overlay.fixups {
      guard let place = try? fixup.place.get(), place.value != .max else { continue }
      report(
        "the entry leads to a cell that is no placeholder", at: .property(fixup.property),
        found: "\"\(fixup.text)\", where \(ByteText.hex(place.value)) stands",
        expected: "0xffffffff", related: [Party("is overwritten", at: .property(place.property))])
    }
    for fixup in overlay.localFixups {
      guard let cell = fixup.cell, let place = try? fixup.place.get(),
        view.phandles.node(for: place.value) == nil
      else { continue }
      report(
        "the cell leads to no phandle of the overlay",
        at: .element(fixup.property, cell, cells: cell..<(cell + 1)),
        found: "offset \(place.offset), where \(ByteText.hex(place.value)) stands",
        expected: "the phandle of a node of the overlay",
        related: [Party("is overwritten", at: .property(place.property))])
    }
  }
}
