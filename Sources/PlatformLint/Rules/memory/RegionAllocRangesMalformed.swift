import DeviceTree
import Diagnostics
import GuestView

/// The `alloc-ranges` of a dynamic region must be whole (address, size) pairs.
enum RegionAllocRangesMalformed: Rule {
  static let id = "memory/region-alloc-ranges-malformed"
  static let severity = Severity.error
  static let summary = "the alloc-ranges of a dynamic region are no whole number of pairs"
  static let rationale = """
    The kernel reads alloc-ranges as (address, size) pairs with the root's cell counts, and skips \
    the region when the length does not fit.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: invalid alloc-ranges property in '<node>', skipping node."
  static let help = "write each range as an address and a size with the cells that the root states"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size")
  ]
  static let good = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x100000>;
          alloc-ranges = <0x0 0x40000000 0x0 0x10000000>;
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
          alloc-ranges = <0x40000000 0x10000000 0x0>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let entry = 4 * view.cells(of: view.tree.root).entry
    guard entry > 0 else { return }
    for region in view.regions where !region.node.has("reg") {
      guard let property = region.node.property("alloc-ranges"), property.count % entry != 0 else {
        continue
      }
      report(
        "alloc-ranges is no whole number of (address, size) pairs", at: .property(property),
        found: "\(property.count) bytes", expected: "a multiple of \(entry) bytes")
    }
  }
}
