import DeviceTree
import Diagnostics
import GuestView

/// The `size` of a dynamic region must have exactly the root's `#size-cells`.
enum RegionSizeMalformed: Rule {
  static let id = "memory/region-size-malformed"
  static let severity = Severity.error
  static let summary = "the size of a dynamic region has the wrong length"
  static let rationale = """
    The kernel wants exactly as many cells in size as #size-cells of the root says, and skips the \
    region otherwise.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? = "OF: reserved mem: invalid size property in '<node>' node."
  static let help = "write size with as many cells as #size-cells of the root says"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size")
  ]
  static let good = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x100000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x100000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cells = view.cells(of: view.tree.root)
    for region in view.regions where !region.node.has("reg") {
      guard let size = region.node.property("size"), size.count != 4 * cells.size else { continue }
      report(
        "size has the wrong length", at: .property(size), found: "\(size.count) bytes",
        expected: "\(4 * cells.size) bytes")
    }
  }
}
