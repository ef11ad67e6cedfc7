import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool must not be reusable, unmapped or the default of anything.
enum PoolForbiddenProperty: Rule {
  static let id = "dma/pool-forbidden-property"
  static let severity = Severity.error
  static let summary = "a restricted pool has a property that the kernel does not allow there"
  static let rationale = """
    The kernel copies into the pool through its linear map and shares its pages for good. It refuses \
    a pool with reusable, no-map, linux,cma-default or linux,dma-default, and gives the memory back \
    to its allocator. That linux,dma-default might one day make a restricted pool that of all devices which \
    name none was proposed in April 2025, and nothing came of it: today it costs the pool.
    """
  static let consequence = "the pool is refused, and devices that refer to it use all of memory"
  static let logLine: String? = "OF: reserved mem: node <node> compatible matching fail"
  static let help = "remove the property"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_setup"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
    .proposal(.defaultPool),
    .observed("the device uses all of memory"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        firmware@60000000 {
          reg = <0x0 0x60000000 0x0 0x10000>;
          no-map;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        no-map;  // finding
      };
      """),
    Example(
      """
      &bounce {
        reusable;  // finding
        linux,cma-default;  // finding
      };
      """),
    Example(
      """
      &bounce {
        linux,dma-default;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.restrictedPools {
      for name in ForbiddenPoolProperties.names {
        guard let property = region.node.property(name) else { continue }
        let proposal = Proposal.named(name).map {
          "; what it was to mean here is a proposal (\($0.origin)) that no Linux has"
        }
        report(
          "\(name) is not allowed in a restricted pool\(proposal ?? "")", at: .property(property))
      }
    }
  }
}
