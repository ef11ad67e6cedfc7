import DeviceTree
import Diagnostics
import GuestView

/// A region needs `reg` or `size`.
enum RegionWithoutExtent: Rule {
  static let id = "memory/region-without-extent"
  static let severity = Severity.error
  static let summary = "a reserved region has neither reg nor size"
  static let rationale = """
    A child of reserved-memory either says where it is, with reg, or how large it is, with size. \
    The kernel passes over one that says neither.
    """
  static let consequence = """
    the region does not exist, and devices that refer to it use all of memory
    """
  static let logLine: String? = "failed to initialise \"restricted-dma-pool\" memory node"
  static let help = "give the region a reg, or a size and an alignment"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
    .binding("reserved-memory/reserved-memory.yaml"),
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
      &bounce {  // finding
        /delete-property/ reg;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where !region.node.has("reg") && !region.node.has("size") {
      report(
        "the region has neither reg nor size", at: .node(region.node), expected: "reg or size")
    }
  }
}
