import DeviceTree
import Diagnostics
import GuestView

/// Linux knows restricted pools since 5.15.
enum PoolUnknown: TargetRule {
  static let id = "linux/pool-unknown"
  static let profile: TargetName? = .linux
  static let before: GuestConfiguration.Version? = GuestConfiguration.Version(5, 15)
  static let severity = Severity.error
  static let summary = "a kernel before 5.15 knows no restricted pools"
  static let rationale = """
    Restricted pools came with Linux 5.15. Before, the kernel keeps the memory from its allocator, as it does with any \
    region, and takes memory-region of a device for something that a driver may ask for.
    """
  static let consequence = "the devices work, and their DMA may go anywhere in memory"
  static let help = "use a kernel from 5.15 on, or confine the devices by an IOMMU"
  static let sources = [
    Source.program(
      "Linux 5.15", "swiotlb: Add restricted DMA pool initialization")
  ]
  static let good = [
    Example(
      in: .bare, "&reserved {\n  keep@60000000 {\n    reg = <0x0 0x60000000 0x0 0x10000>;\n  };\n};"
    )
  ]
  static let bad = [
    Example(
      in: .bare,
      """
      &reserved {
        bounce: restricted-dma-pool@5f000000 {  // finding
          compatible = "restricted-dma-pool";
          reg = <0x0 0x5f000000 0x0 0x800000>;
        };
      };

      / {
        virtio@a000000 {
          compatible = "virtio,mmio";
          reg = <0x0 0xa000000 0x0 0x200>;
          interrupts = <0 16 1>;
          dma-coherent;
          memory-region = <&bounce>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for pool in view.restrictedPools {
      report("this kernel takes the pool for memory that is merely reserved", at: .node(pool.node))
    }
  }
}
