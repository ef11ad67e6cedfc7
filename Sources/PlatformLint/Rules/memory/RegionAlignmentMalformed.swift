import DeviceTree
import Diagnostics
import GuestView

/// The `alignment` of a dynamic region must have the root's `#address-cells`.
enum RegionAlignmentMalformed: Rule {
  static let id = "memory/region-alignment-malformed"
  static let severity = Severity.error
  static let summary = "the alignment of a dynamic region has the wrong length"
  static let rationale = """
    The binding says that alignment is as long as a size. The kernel reads it with the number of \
    cells of an address, and skips the region when the length is another one. The two agree where \
    both counts are equal.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? = "OF: reserved mem: invalid alignment property in '<node>' node."
  static let help = "write alignment with as many cells as #address-cells of the root says"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size"),
    .observed("one cell under a root with two: the region is lost"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x100000>;
          alignment = <0x0 0x10000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x100000>;
          alignment = <0x10000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cells = view.cells(of: view.tree.root)
    for region in view.regions where !region.node.has("reg") {
      guard let property = region.node.property("alignment"),
        property.count != 4 * cells.address
      else { continue }
      report(
        "alignment has the wrong length", at: .property(property),
        found: "\(property.count) bytes", expected: "\(4 * cells.address) bytes")
    }
  }
}
