import DeviceTree
import Diagnostics
import GuestView

/// In Cloud Hypervisor's tree an IOMMU is in front of segment 0 alone.
enum CloudHypervisorIOMMUElsewhere: TargetRule {
  static let id = "cloudhypervisor/iommu-elsewhere"
  static let profile: TargetName? = .cloudHypervisor
  static let severity = Severity.error
  static let summary = "a host of another PCI segment than the first is behind an IOMMU"
  static let rationale = """
    Whichever device asks for iommu=on, the tree has one virtio-iommu, on the host of segment 0, with an iommu-map \
    that takes all functions of that host but the IOMMU itself. Hosts of other segments have no map in a tree; those \
    that iommu_segments names are in the tables of ACPI alone.
    """
  static let consequence = "the functions of the host go past the IOMMU, into all memory"
  static let help =
    "plug what is to be confined into segment 0, or start the guest by firmware with ACPI"
  static let sources = [
    Source.cloudHypervisor("arch/src/aarch64/fdt.rs", "create_pci_nodes"),
    .program("Cloud Hypervisor", "docs/iommu.md, Work with FDT on AArch64"),
  ]
  static let good = [Example(in: .cloudHypervisor, host(in: 0))]
  static let bad = [Example(in: .cloudHypervisor, host(in: 1, mark: "  // finding"))]

  private static func host(in segment: Int, mark: String = "") -> String {
    """
    &pci {
      linux,pci-domain = <\(segment)>;
      iommu-map = <0 &viommu 0 0x8>, <0x9 &viommu 0x9 0xfff7>;\(mark)

      viommu: iommu@1,0 {
        compatible = "virtio,pci-iommu";
        reg = <0x800 0 0 0 0>;
        #iommu-cells = <1>;
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      guard let segment = host.domain, segment != 0, let map = host.node.property("iommu-map")
      else { continue }
      report(
        "a host of this segment has no IOMMU in the tree", at: .property(map),
        found: "segment \(segment)", expected: "segment 0")
    }
  }
}
