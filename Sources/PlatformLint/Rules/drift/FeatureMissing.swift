import DeviceTree
import Diagnostics
import GuestView

/// A device must offer what was described.
enum FeatureMissing: Rule {
  static let id = "drift/feature-missing"
  static let severity = Severity.error
  static let summary = "a device does not offer a feature that was described, or is of another type"
  static let rationale = """
    What a build writes for the VMM says which feature bits each device has to offer. One that the VMM leaves out \
    was counted on: VIRTIO_F_ACCESS_PLATFORM above all, without which no pool is used. A device that offers features \
    and of which none were described can't be compared at all.
    """
  static let consequence =
    "the driver goes another way than was judged, past its pool for some features"
  static let help = "give the VMM the options that dtgen build --emit features names"
  static let exceptions = "Features that a device offers besides."
  static let sources = [
    Source.virtio("6"), .linux("drivers/virtio/virtio_ring.c", "vring_use_dma_api"),
  ]
  static let needs: Inputs = [.tree, .features, .expectedFeatures]

  static let good = [
    Example(
      features: features([29, 32, 33]), expecting: "", offering: features([32, 33]), "&disk {\n};")
  ]
  static let bad = [
    Example(
      features: features([32, 33]), expecting: "", offering: features([32, 33, 35]),
      "&disk {  // finding\n};")
  ]

  private static func features(_ disk: [Int]) -> DeviceFeatures {
    DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: 2, featureBits: disk, queueSizes: [256]),
      .init(node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [256, 256]),
    ])
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    if let wanted = expected.features, let found = view.features, wanted.devices.isEmpty,
      !found.devices.isEmpty
    {
      report(
        "devices offer features, and nothing was described of what any was to offer",
        at: .node(view.tree.root), found: "features of \(found.devices.count) devices",
        expected: "no features")
      return
    }
    for (before, now) in ExpectedDevices(view, expected).pairs {
      guard let wanted = before.features else {
        // What is held against nothing would pass whatever it is.
        if let found = now.features {
          report(
            "the device offers features, and nothing was described of what it was to offer",
            at: .device(now), found: bits(found.featureBits), expected: "no features")
        }
        continue
      }
      guard let found = now.features else {
        report(
          "nothing was told of what the device offers", at: .device(now), found: "no features",
          expected: bits(wanted.featureBits))
        continue
      }
      if found.type != wanted.type {
        report(
          "the device is of another type than was described", at: .device(now),
          found: "virtio device type \(found.type)", expected: "type \(wanted.type)")
        continue
      }
      let offered = Set(found.featureBits)
      let missing = wanted.featureBits.filter { !offered.contains($0) }
      guard !missing.isEmpty else { continue }
      report(
        "the device does not offer what was described", at: .device(now),
        found: bits(found.featureBits), expected: bits(missing))
    }
  }

  private static func bits(_ bits: [Int]) -> String {
    bits.isEmpty
      ? "no feature bits" : "feature bits \(bits.map(String.init).joined(separator: ", "))"
  }
}
