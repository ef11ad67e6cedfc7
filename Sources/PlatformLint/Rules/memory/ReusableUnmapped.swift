import DeviceTree
import Diagnostics
import GuestView

/// A region is either reusable or unmapped.
enum ReusableUnmapped: Rule {
  static let id = "memory/reusable-unmapped"
  static let severity = Severity.error
  static let summary = "a reserved region is reusable and has no-map"
  static let rationale = """
    The property reusable lends the memory to the allocator while its owner does not need it; no-map keeps it \
    out of the kernel's map, so that nobody can be lent it. The contiguous allocator refuses such a \
    region, and its range is given back although it is not mapped.
    """
  static let consequence = """
    the region is not what either property says; memory that is not mapped may be handed out
    """
  static let logLine: String? = "OF: reserved mem: node <node> compatible matching fail"
  static let help = "remove one of the two"
  static let exceptions = "Restricted pools, which may have neither."
  static let sources = [
    Source.binding("reserved-memory/reserved-memory.yaml"),
    .linux("kernel/dma/contiguous.c", "rmem_cma_setup"),
    .linux("drivers/of/of_reserved_mem.c", "fdt_init_reserved_mem_node"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        heap@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          no-map;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        heap@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          no-map;  // finding
          reusable;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where !region.saysRestrictedPool {
      guard let unmapped = region.node.property("no-map"),
        let reusable = region.node.property("reusable")
      else { continue }
      report(
        "the region has no-map and reusable", at: .property(unmapped), expected: "one of the two",
        related: [Party("says the opposite", at: .property(reusable))])
    }
  }
}
