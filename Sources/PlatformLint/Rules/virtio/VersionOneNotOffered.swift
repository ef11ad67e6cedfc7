import DeviceTree
import Diagnostics
import GuestView

/// A device that offers a feature above bit 31 is a modern one, and offers that too.
enum VersionOneNotOffered: Rule {
  static let id = "virtio/version-one-not-offered"
  static let severity = Severity.error
  static let summary = "a device offers VIRTIO_F_ACCESS_PLATFORM and not VIRTIO_F_VERSION_1"
  static let rationale = """
    VIRTIO_F_ACCESS_PLATFORM is bit 33, and a legacy device has 32 feature bits. Without \
    VIRTIO_F_VERSION_1 (bit 32) a transport of version 2 is refused, and of one of version 1 the guest \
    never reads the bit, so that a pool is attached and not used.
    """
  static let consequence = "no driver binds to the device, or it goes past its pool"
  static let logLine: String? =
    "New virtio-mmio devices (version 2) must provide VIRTIO_F_VERSION_1 feature!"
  static let help = """
    offer feature bit 32 too, in QEMU with -global virtio-mmio.force-legacy=false or disable-legacy=on
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_mmio.c", "vm_finalize_features", "vm_get_features"),
    .virtio("6.1"),
  ]
  static let needs: Inputs = [.tree, .features]
  static let good = [Example(features: features([32, 33]), "&disk {\n  dma-coherent;\n};")]
  static let bad = [
    Example(features: features([33]), "&disk {  // finding\n  dma-coherent;\n};")
  ]

  private static func features(_ bits: [Int]) -> DeviceFeatures {
    DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: 4, featureBits: bits, queueSizes: [256]),
      .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
    ])
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      guard let features = device.features, features.offersAccessPlatform,
        !features.featureBits.contains(32)
      else { continue }
      report(
        "the device offers VIRTIO_F_ACCESS_PLATFORM and not VIRTIO_F_VERSION_1",
        at: .node(device.node),
        found: "feature bits \(features.featureBits.map(String.init).joined(separator: ", "))",
        expected: "feature bits 32 and 33")
    }
  }
}
