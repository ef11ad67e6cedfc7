import DeviceTree
import Diagnostics
import GuestView

/// An IOMMU that is there should have somebody behind it.
enum UnusedIOMMU: Rule {
  static let id = "iommu/unused-iommu"
  static let severity = Severity.error
  static let summary = "nothing is behind an IOMMU, while a virtio device or PCI host is unconfined"
  static let rationale = """
    An IOMMU confines those alone that refer to it: a device by iommus, a PCI host by iommu-map. A \
    machine that has one for nothing has most likely lost the reference.
    """
  static let consequence = """
    the devices DMA anywhere in memory; or, if the machine does put them behind the IOMMU, nothing \
    that they write gets through
    """
  static let help = """
    write iommus in the devices or iommu-map in the host that are behind it, or remove the IOMMU
    """
  static let exceptions = """
    Disabled IOMMUs, and those of machines whose virtio devices and PCI hosts are all confined. An SMMUv3 \
    with a PCI host has a rule of its own.
    """
  static let sources = [
    Source.linux(
      "drivers/iommu/of_iommu.c", "of_iommu_configure_dev", "of_iommu_configure_dev_id"),
    .binding("iommu/iommu.txt"), .binding("pci/pci-iommu.txt"),
  ]
  static let good = [
    Example(
      in: .iommu,
      """
      &smmu {
        compatible = "arm,smmu-v2";
        #global-interrupts = <1>;
        interrupts = <0 65 4>, <0 66 4>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        iommu@9050000 {  // finding
          compatible = "arm,mmu-500";
          reg = <0x0 0x9050000 0x0 0x20000>;
          #iommu-cells = <1>;
        };
      };
      &disk {
        /delete-property/ memory-region;
      };
      &net {
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """),
    Example(
      in: .pci,
      """
      &pci {
        /delete-property/ memory-region;
        iommu@1,0 {  // finding
          compatible = "pci1af4,1057";
          reg = <0x800 0x0 0x0 0x0 0x0>;
          #iommu-cells = <1>;
        };
      };
      &disk {
        /delete-property/ memory-region;
      };
      &net {
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let iommus = view.properties(named: "#iommu-cells").filter { view.isEnabled($0.node) }
    guard !iommus.isEmpty else { return }
    let open = view.dmaDevices.filter { device in
      guard device.kind != .pciFunction else { return false }
      if case .allMemory(because: .notConfined) = device.outcome {
        // A transport that is itself the IOMMU is behind none.
        return !device.node.has("#iommu-cells")
      }
      return false
    }
    guard let example = open.first else { return }
    // A reference that leads nowhere was meant for one of them, and is reported as what it is.
    guard let referred = referred(in: view) else { return }
    let hasHost = open.contains { $0.kind == .pciHost }
    for property in iommus where !referred.contains(property.node.index) {
      guard IOMMUKind(property.node) != .smmuV3 || !hasHost else { continue }
      report(
        "nothing in the tree is behind this IOMMU", at: .node(property.node),
        expected: "iommus or iommu-map that names it",
        related: [Party("is unconfined", at: .node(example.node))])
    }
  }

  /// The nodes that some `iommus` or `iommu-map` of an enabled node names; nil where one leads nowhere.
  private static func referred(in view: GuestView) -> Set<Int>? {
    var referred: Set<Int> = []
    for (name, first, stride) in [("iommus", 0, Int.max), ("iommu-map", 1, 4)] {
      for property in view.properties(named: name) where view.isEnabled(property.node) {
        let targets = view.references(in: property)
        for cell in Swift.stride(from: first, to: targets.count, by: stride)
        where targets[cell] == nil {
          return nil
        }
        // Which cells are phandles the IOMMU says, and a number that looks like one does no harm.
        for target in targets {
          if let target { referred.insert(target.index) }
        }
      }
    }
    return referred
  }
}
