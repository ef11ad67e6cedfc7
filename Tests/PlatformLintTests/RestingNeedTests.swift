import DTGenTestSupport
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// A device, and the slots of 2 KiB that Linux 6.12 was seen to keep for it.
struct RestingDevice: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let type: UInt32
  var bits = [32, 33]
  let queues: [Int]
  let slots: UInt64

  /// QEMU's virtio-mmio transports have 1024 descriptors in every queue.
  static let measured = [
    RestingDevice(testDescription: "block", type: 2, queues: [1024], slots: 16),
    RestingDevice(testDescription: "entropy", type: 4, queues: [1024], slots: 16),
    RestingDevice(
      testDescription: "input", type: 18, queues: [1024, 1024], slots: 96),
    RestingDevice(
      testDescription: "network", type: 1, queues: [1024, 1024, 1024], slots: 1072),
    RestingDevice(
      testDescription: "console with one port", type: 3, queues: [1024, 1024], slots: 2080),
    RestingDevice(
      testDescription: "console with 31 ports", type: 3, bits: [1, 32, 33],
      queues: Array(repeating: 1024, count: 64), slots: 5120),
  ]
}

@Suite("What devices keep in a pool")
struct RestingNeedTests {
  /// Whether a pool of so many slots is found too small for the device.
  private func isTooSmall(_ slots: UInt64, for device: RestingDevice) throws -> Bool {
    let features = DeviceFeatures(devices: [
      .init(
        node: "/virtio@a000000", type: device.type, featureBits: device.bits,
        queueSizes: device.queues)
    ])
    let size = String(slots * RestrictedPool.slotSize, radix: 16)
    let report = try Check(
      Example(
        features: features,
        """
        &bounce { reg = <0x0 0x5f000000 0x0 0x\(size)>; };
        &net { status = "disabled"; };
        """)
    ).report
    return report.findings.contains {
      $0.rule == "dma/pool-too-small-for-devices" || $0.rule == "dma/pool-too-small"
    }
  }

  @Test(
    "is what was measured, to the slot", .requires(.dtc), arguments: RestingDevice.measured)
  func measured(device: RestingDevice) throws {
    // Below a segment another rule speaks, whatever the devices are.
    let segment = RestrictedPool.segmentSize / RestrictedPool.slotSize
    if device.slots > segment {
      #expect(try !isTooSmall(device.slots, for: device))
      #expect(try isTooSmall(device.slots - 1, for: device))
    } else {
      #expect(try !isTooSmall(segment, for: device))
    }
  }

  @Test("adds up over the devices of one pool", .requires(.dtc))
  func shared() throws {
    let features = DeviceFeatures(devices: [
      .init(node: "/virtio@a000000", type: 3, featureBits: [32, 33], queueSizes: [1024, 1024]),
      .init(
        node: "/virtio@a000200", type: 1, featureBits: [32, 33], queueSizes: [1024, 1024, 1024]),
    ])
    for (slots, count) in [(3152, 0), (3151, 1)] {
      let size = String(slots * Int(RestrictedPool.slotSize), radix: 16)
      let report = try Check(
        Example(features: features, "&bounce { reg = <0x0 0x5f000000 0x0 0x\(size)>; };")
      ).report
      #expect(
        report.findings.count { $0.rule == "dma/pool-too-small-for-devices" } == count)
    }
  }
}
