import DeviceTree
import Diagnostics
import GuestView

/// Cloud Hypervisor reserves no memory in its tree.
enum CloudHypervisorPoolNotWritten: TargetRule {
  static let id = "cloudhypervisor/pool-not-written"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "a region of memory is reserved, which Cloud Hypervisor never writes"
  static let rationale = """
    Cloud Hypervisor's tree has no /reserved-memory, and nothing can add it. What confines its devices is a \
    virtio-iommu, which iommu=on at a device asks for.
    """
  static let consequence =
    "the guest has no such region, and the DMA of its devices may go anywhere in memory"
  static let help = "confine the devices by an IOMMU: PCIHostBridge(iommu:) here, iommu=on there"
  static let exceptions =
    "A Cloud Hypervisor of your own that writes the region: allow the finding."
  static let sources = [Source.cloudHypervisor("arch/src/aarch64/fdt.rs", "create_fdt")]
  static let good = [Example(in: .cloudHypervisor, "&pci {\n  status = \"okay\";\n};")]
  static let bad = [
    Example(
      in: .cloudHypervisor,
      """
      / {
        reserved-memory {
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;

          bounce: bounce@5f000000 {  // finding
            compatible = "restricted-dma-pool";
            reg = <0x0 0x5f000000 0x0 0x1000000>;
          };
        };
      };

      &pci {
        memory-region = <&bounce>;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions {
      report("the VMM reserves no memory", at: .node(region.node))
    }
  }
}
