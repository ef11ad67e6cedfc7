import DeviceTree
import Diagnostics
import GuestView

/// A region with `reg` has no use for `size`.
enum RegionSizeIgnored: Rule {
  static let id = "memory/region-size-ignored"
  static let severity = Severity.warning
  static let summary = "a reserved region has both reg and size"
  static let rationale = """
    A region with reg is where reg says. The properties size, alignment and alloc-ranges belong to \
    regions for which the kernel finds room, and are not looked at.
    """
  static let consequence = "size, alignment and alloc-ranges have no effect"
  static let help = "keep reg for a fixed region, or size for one that the kernel places"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
    .binding("reserved-memory/reserved-memory.yaml"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        size = <0x0 0x1000000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions {
      guard let reg = region.node.property("reg"), let size = region.node.property("size") else {
        continue
      }
      report(
        "size is ignored beside reg", at: .property(size),
        related: [Party("says where the region is", at: .property(reg))])
    }
  }
}
