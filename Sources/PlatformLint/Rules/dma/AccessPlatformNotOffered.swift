import DeviceTree
import Diagnostics
import GuestView

/// A device with a pool must offer VIRTIO_F_ACCESS_PLATFORM.
enum AccessPlatformNotOffered: Rule {
  static let id = "dma/access-platform-not-offered"
  static let severity = Severity.error
  static let summary = "a device with a pool does not offer VIRTIO_F_ACCESS_PLATFORM"
  static let rationale = """
    Without that feature bit virtio drivers hand out guest-physical addresses and never ask the DMA \
    API, in which the pool is. The pool is attached all the same, and the kernel says so.
    """
  static let consequence = """
    the log names the pool as assigned, and the device uses all of memory without it
    """
  static let logLine: String? = "virtio-mmio <device>: assigned reserved memory node"
  static let help = """
    offer feature bit 33, in QEMU iommu_platform=on together with force-legacy=false, or on PCI \
    disable-legacy=on; or do not refer to a pool
    """
  static let exceptions = "Guests that run on Xen, where drivers use the DMA API in any case."
  static let sources = [
    Source.linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"), .virtio("6.1"),
    .observed("the pool is assigned and its high-water mark stays 0"),
  ]
  static let needs: Inputs = [.tree, .features]

  static let good = [Example(features: features(disk: [32, 33]), refers)]
  static let bad = [
    Example(features: features(disk: [32]), refers.replacing(";\n}", with: ";  // finding\n}")),
    Example(
      in: .pci,
      features: DeviceFeatures(
        devices: GuestExamples.usualFeatures + [
          .init(node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: [32])
        ]),
      """
      &pci {  // finding
        memory-region = <&bounce>;
      };
      """),
  ]

  private static let refers = """
    &disk {
      memory-region = <&bounce>;
    };
    """

  private static func features(disk: [Int]) -> DeviceFeatures {
    DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: 2, featureBits: disk, queueSizes: [256]),
      .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
    ])
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices + view.hiddenFunctions {
      guard let features = device.features, !features.offersAccessPlatform,
        let property = device.effectiveMemoryRegion, let reference = device.effectivePool
      else { continue }
      let names = Spot.element(
        property, reference.cell, cells: reference.cell..<(reference.cell + 1))
      let isOwn = device.memoryRegion != nil
      report(
        "the device has a pool and does not offer VIRTIO_F_ACCESS_PLATFORM",
        at: isOwn ? names : .device(device),
        found: "feature bits \(features.featureBits.map(String.init).joined(separator: ", "))",
        expected: "feature bit 33",
        related: isOwn ? [] : [Party("names the pool of the host", at: names)])
    }
  }
}
