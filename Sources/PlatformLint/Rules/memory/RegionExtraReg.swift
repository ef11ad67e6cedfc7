import DeviceTree
import Diagnostics
import GuestView

/// A region should have one `reg` entry: the kernel uses the first.
enum RegionExtraReg: Rule {
  static let id = "memory/region-extra-reg"
  static let severity = Severity.warning
  static let summary = "a reserved region has more than one reg entry"
  static let rationale = """
    Every entry is kept from the allocator, but the region that drivers and pools get is the first \
    entry alone.
    """
  static let consequence = "the memory of the other entries is reserved and used by nobody"
  static let logLine: String? =
    "OF: reserved mem: fdt_scan_reserved_mem_reg_nodes() ignores 1 regions in node '<node>'"
  static let help = "give each range a node of its own"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem_reg_nodes"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        firmware@60000000 {
          reg = <0x0 0x60000000 0x0 0x10000>;
        };
        firmware@61000000 {
          reg = <0x0 0x61000000 0x0 0x10000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>,  // finding
              <0x0 0x60000000 0x0 0x800000>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where region.range != nil && region.entries.count > 1 {
      guard let reg = region.node.property("reg") else { continue }
      let second = region.entries[1]
      report(
        "only the first entry of reg becomes the region", at: .element(reg, 1, cells: second.cells),
        found: "\(region.entries.count) entries", expected: "1 entry")
    }
  }
}
