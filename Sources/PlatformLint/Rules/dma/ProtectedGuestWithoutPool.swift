import DeviceTree
import Diagnostics
import GuestView

/// A guest that pKVM protects shares memory with its VMM through restricted pools alone.
enum ProtectedGuestWithoutPool: Rule {
  static let id = "dma/protected-guest-without-pool"
  static let severity = Severity.error
  static let summary = "a device of a protected guest has no restricted pool"
  static let rationale = """
    The host of a protected guest reaches no page that the guest hasn't shared. On arm64 the only \
    code that shares memory for DMA is the attaching of a restricted pool; rings and buffers of a \
    device without one stay private.
    """
  static let consequence = "the VMM can not read the rings of the device, and its I/O hangs"
  static let help = "name a restricted pool in memory-region of the device, or of its PCI host"
  static let exceptions = """
    Guests in whose tree nothing shows that they are protected: what does is avf,strict-boot in \
    /chosen, which their firmware writes, and an IOMMU of pKVM. Devices behind an IOMMU; and devices \
    that the features do not list, where features are given.
    """
  static let sources = [
    Source.linux("drivers/virt/coco/pkvm-guest/arm-pkvm-guest.c", "pkvm_init_hyp_services"),
    .linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
    .program("Android's pvmfw", "avf,strict-boot in /chosen"),
  ]
  static let good = [
    Example(
      """
      &chosen {
        avf,strict-boot;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &chosen {
        avf,strict-boot;
      };
      &disk {  // finding
        /delete-property/ memory-region;
      };
      &net {  // finding
        /delete-property/ memory-region;
      };
      /delete-node/ &bounce;
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let mark = mark(in: view) else { return }
    // A function without a pool of its own has that of its host.
    for device in view.dmaDevices where device.kind != .pciFunction && device.memoryRegion == nil {
      guard case .allMemory(because: .notConfined) = device.outcome,
        !device.node.has("#iommu-cells"),
        view.features == nil || device.kind == .pciHost || device.features != nil
      else { continue }
      report(
        "the guest is protected, and no pool is described for this device", at: .node(device.node),
        expected: "memory-region with a restricted pool",
        related: [Party("shows that the guest is protected", at: mark)])
    }
  }

  /// What shows that the guest is protected.
  private static func mark(in view: GuestView) -> Spot? {
    if let property = view.tree.root.child("chosen")?.property("avf,strict-boot") {
      return .property(property)
    }
    let iommus = view.properties(named: "#iommu-cells")
    return iommus.first { $0.node.isCompatible("pkvm,pviommu") }.map { .node($0.node) }
  }
}
