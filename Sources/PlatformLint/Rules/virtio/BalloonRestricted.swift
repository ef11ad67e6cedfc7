import DeviceTree
import Diagnostics
import GuestView

/// A balloon hands over guest-physical pages, whatever confines other devices.
enum BalloonRestricted: Rule {
  static let id = "virtio/balloon-restricted"
  static let severity = Severity.warning
  static let summary = "a balloon offers VIRTIO_F_ACCESS_PLATFORM"
  static let rationale = """
    What a balloon is told are the numbers of guest pages, so its driver turns the feature down before \
    it is negotiated. A VMM that insists on it then refuses the device.
    """
  static let consequence =
    "the balloon does not work, unless the VMM takes it without the feature; a pool is of no use to it"
  static let logLine: String? = "virtio_balloon virtio0: virtio: device refuses features: 3"
  static let help =
    "leave feature bit 33 and the pool out for the balloon, or leave out the balloon"
  static let sources = [
    Source.linux("drivers/virtio/virtio_balloon.c", "virtballoon_validate"),
    .linux("drivers/virtio/virtio.c", "virtio_features_ok"),
    .observed("virtio_balloon virtio0: virtio: device refuses features: 3"),
  ]
  static let needs: Inputs = [.tree, .features]
  static let good = [Example(features: features(4), "&disk {\n  dma-coherent;\n};")]
  static let bad = [Example(features: features(5), "&disk {  // finding\n  dma-coherent;\n};")]

  private static func features(_ type: UInt32) -> DeviceFeatures {
    DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: type, featureBits: [32, 33], queueSizes: [256]),
      .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
    ])
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      // VIRTIO 1.3, section 5.5: device ID 5.
      guard let features = device.features, features.type == 5, features.offersAccessPlatform
      else { continue }
      report(
        "the balloon offers VIRTIO_F_ACCESS_PLATFORM, which its driver turns down",
        at: .node(device.node), expected: "no feature bit 33")
    }
  }
}
