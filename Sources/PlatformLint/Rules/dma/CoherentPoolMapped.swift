import DeviceTree
import Diagnostics
import GuestView

/// A shared pool in memory needs `no-map`.
enum CoherentPoolMapped: Rule {
  static let id = "dma/coherent-pool-mapped"
  static let severity = Severity.error
  static let summary = "a shared pool lies in memory without no-map"
  static let rationale = """
    A shared pool that is not reusable is mapped for itself, without caching, and the kernel refuses \
    to map what is already in its linear map. It is the other way round for a restricted pool, which \
    must not have no-map.
    """
  static let consequence = "no device can attach the pool: its initialisation returns -22"
  static let logLine: String? = "memremap attempted on ram"
  static let help = "add no-map, or reusable for memory of the contiguous allocator"
  static let sources = [
    Source.linux("kernel/dma/coherent.c", "dma_init_coherent_memory"),
    .linux("kernel/iomem.c", "memremap"), .observed("a warning in memremap, then -22"),
  ]
  static let silencedBy: [any Rule.Type] = [PoolOfTwoKinds.self]
  static let good = [
    Example(
      """
      &reserved {
        heap@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          no-map;
        };
        cma {
          compatible = "shared-dma-pool";
          size = <0x0 0x4000000>;
          alignment = <0x0 0x400000>;
          reusable;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        heap@60000000 {  // finding
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where region.kind == .coherentPool && !region.isUnmapped {
      let isInMemory =
        switch region.extent {
        case .fixed(let range): view.memorySet.overlaps(range)
        case .dynamic: true
        case .none: false
        }
      guard isInMemory else { continue }
      report(
        "the shared pool lies in memory and lacks no-map", at: .node(region.node),
        expected: "no-map")
    }
  }
}
