import DeviceTree
import Diagnostics
import GuestView

/// An entry of `__fixups__` is a path, a property and an offset.
enum FixupMalformed: Rule {
  static let id = "overlay/fixup-malformed"
  static let severity = Severity.error
  static let summary = "an entry of __fixups__ is not path:property:offset"
  static let rationale = """
    Each property of __fixups__ is named after a label of the base, and lists the places that get its \
    phandle: the path of a node, the name of a property, and a number of bytes in decimal, with colons \
    between them.
    """
  static let consequence = "the overlay is refused, and the base may be left half changed"
  static let logLine: String? = "OF: resolver: overlay phandle fixup failed: -22"
  static let help = "let dtc write the fixups: mark the source with /plugin/ and refer by label"
  static let sources = [
    Source.libfdt("fdt_overlay.c", "overlay_fixup_phandle"),
    .linux("drivers/of/resolver.c", "update_usages_of_a_phandle_reference"),
  ]
  static let good = [OverlayExamples.fixup("/fragment@0:target:0", "")]
  static let bad = [
    OverlayExamples.fixup("/fragment@0:target", "  // finding"),
    OverlayExamples.fixup("/fragment@0:target:0x0", "  // finding"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fixup in overlay.fixups {
      guard case .failure(.malformed) = fixup.place else { continue }
      report(
        "the entry is not a path, a property and an offset", at: .property(fixup.property),
        found: "\"\(fixup.text)\"", expected: "as \"/fragment@0:target:0\"")
    }
  }
}
