import DeviceTree
import Diagnostics
import GuestView

/// A device should not be counted on for a feature that is only proposed.
enum ProposedFeature: Rule {
  static let id = "virtio/proposed-feature"
  static let severity = Severity.warning
  static let summary = "a device offers a feature that was proposed, and that no Linux negotiates"
  static let rationale = """
    VIRTIO_F_SWIOTLB, which was to be called VIRTIO_F_RESTRICTED_DMA, was proposed in April 2025 as bit 27: a \
    driver that accepts it gives out no address outside of a bounce buffer. It is in no version of the \
    standard and in no Linux, whose drivers accept bits 28 to 41 of the transport and those of their own \
    list. So the guest turns it down, and where its buffers lie is decided by VIRTIO_F_ACCESS_PLATFORM and \
    memory-region, as without it.
    """
  static let consequence =
    "the driver turns the bit down, the device works all the same, and the bit confines nothing"
  static let help = """
    don't offer it; offer VIRTIO_F_ACCESS_PLATFORM and name a restricted pool in memory-region, which do \
    confine, or call it VIRTIO_F_ANY_LAYOUT where a driver from before the standard is meant
    """
  static let exceptions = """
    Bit 27 is VIRTIO_F_ANY_LAYOUT for drivers from before the standard. A device without VIRTIO_F_VERSION_1 \
    may offer it, and so may one on PCI that such drivers know and that doesn't offer \
    VIRTIO_F_ACCESS_PLATFORM: it may be a transitional one. A device that refuses to work where its driver \
    turns the bit down, as the proposal lets it, is one that no Linux can use.
    """
  static let sources = [
    Source.linux("drivers/virtio/virtio_ring.c", "vring_transport_features"),
    .linux("drivers/virtio/virtio.c", "virtio_dev_probe"),
    .linux("include/uapi/linux/virtio_config.h", "VIRTIO_F_ANY_LAYOUT"),
    .virtio("6.3"), .proposal(.swiotlb),
  ]
  static let needs: Inputs = [.tree, .features]

  static let good = [
    // What drivers from before the standard are offered.
    example([27], unconfined),
    example([27, 32, 33], names: [27: "VIRTIO_F_ANY_LAYOUT"], confined),
    function(
      [27, 32],
      unconfined.replacing("&disk", with: "&pci {\n  /delete-property/ memory-region;\n};\n&disk")),
  ]
  static let bad = [
    example([27, 32, 33], confined.replacing("{", with: "{  // finding")),
    example(
      [27, 32, 33], names: [27: "VIRTIO_F_RESTRICTED_DMA"],
      confined.replacing("{", with: "{  // finding")),
    function([27, 32, 33], "&pci {  // finding\n  dma-coherent;\n};"),
  ]

  private static let confined = "&disk {\n  memory-region = <&bounce>;\n};"
  private static let unconfined = """
    &disk {
      /delete-property/ memory-region;
    };
    &net {
      /delete-property/ memory-region;
    };
    /delete-node/ &bounce;
    """

  private static func example(
    _ bits: [Int], names: [Int: String] = [:], _ text: String
  ) -> Example {
    Example(
      features: DeviceFeatures(devices: [
        .init(
          node: "/virtio@a000000", type: 2, featureBits: bits, queueSizes: [256], names: names),
        GuestExamples.usualFeatures[1],
      ]), text)
  }

  private static func function(_ bits: [Int], _ text: String) -> Example {
    Example(
      in: .pci,
      features: DeviceFeatures(
        devices: GuestExamples.usualFeatures + [
          .init(node: "/pcie@4010000000", requesterID: 0x8, type: 2, featureBits: bits)
        ]), text)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices + view.hiddenFunctions {
      guard let features = device.features,
        let name = features.proposal(
          onPCI: features.requesterID != nil || view.isPCI(device.node))
      else { continue }
      report(
        "the device offers \(name), which is only proposed (\(Proposal.swiotlb.origin))",
        at: .device(device), found: "feature bit 27",
        expected: "VIRTIO_F_ACCESS_PLATFORM (33) and a pool in memory-region, to confine it")
    }
  }
}
