import DeviceTree
import Diagnostics
import GuestView

/// A `target-path` starts at the root.
enum TargetPathRelative: Rule {
  static let id = "overlay/target-path-relative"
  static let severity = Severity.warning
  static let summary = "target-path does not start with a slash"
  static let rationale = """
    What stands in front of the first slash is then looked up in /aliases of the base. A path that was \
    meant to be absolute is not found there.
    """
  static let consequence = "the overlay is refused, unless the base has an alias of that name"
  static let logLine: String? = "OF: overlay: find target, node: /<node>, path"
  static let help = "write the whole path, from the root on"
  static let exceptions = "Fragments with a target, which goes before the path."
  static let sources = [
    Source.libfdt("fdt_overlay.c", "fdt_overlay_target_offset"),
    .libfdt("fdt_ro.c", "fdt_path_offset_namelen"),
    .linux("drivers/of/overlay.c", "find_target"),
  ]
  static let good = [OverlayExamples.fragment("target-path = \"/soc\";")]
  static let bad = [OverlayExamples.fragment("target-path = \"soc/serial@9000000\";  // finding")]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let overlay = OverlayTree(view) else { return }
    for fragment in overlay.fragments {
      guard let path = fragment.node.property("target-path"),
        path.bytes.first != UInt8(ascii: "/"),
        (fragment.node.property("target")?.cell(0) ?? 0) == 0
      else { continue }
      report(
        "target-path is no path from the root", at: .property(path),
        found: path.string.map { "\"\($0)\"" }, expected: "a path that starts with \"/\"")
    }
  }
}
