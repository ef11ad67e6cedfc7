import Foundation
import GuestView
import PlatformDescription
import Testing

@testable import VMMInterface

@Suite("a file of features")
struct OfferedFeaturesTests {
  private static func read(_ text: String) throws -> OfferedFeatures {
    let decoder = JSONDecoder()
    decoder.allowsJSON5 = true
    return try decoder.decode(OfferedFeatures.self, from: Data(text.utf8))
  }

  private static func message(_ text: String) -> String {
    do {
      _ = try read(text)
      return "read"
    } catch let DecodingError.dataCorrupted(context) {
      return
        (context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        + [context.debugDescription]).joined(separator: " ")
    } catch { return "\(error)" }
  }

  @Test("may be short, and says what a check asks for")
  func short() throws {
    let features = try Self.read(
      """
      {
        version: 1,
        devices: [
          { node: "/virtio_mmio@a000000", type: "block",
            features: ["VIRTIO_F_VERSION_1", "VIRTIO_F_IOMMU_PLATFORM", 13], queues: [256] },
          { node: "/pcie@10000000", function: "00:02.1", type: 1, features: [] },
          { node: "/pcie@10000000/disk@3", function: "0000:00:03.0", type: "block", features: [32] },
        ],
      }
      """)
    #expect(features.devices.map(\.deviceID) == [2, 1, 2])
    #expect(features.devices[0].features.map(\.bit) == [13, 32, 33])
    #expect(features.devices[0].offers(.accessPlatform))
    #expect(features.devices.map(\.transport) == [.mmio, .pci, .pci])
    let check = features.forCheck
    #expect(check.devices.map(\.requesterID) == [nil, 0x11, nil])
    #expect(check.devices[0].queueSizes == [256])
  }

  @Test("is read as it was written")
  func again() throws {
    let devices = [
      OfferedDevice(
        node: "/virtio_mmio@a000000", transport: .mmio, deviceID: 2,
        features: [.block(.mq), .version1, .accessPlatform, .bit(100)],
        queues: VirtioDevice.block(queues: 2).queues),
      OfferedDevice(
        node: "/pcie@10000000", transport: .pci, requesterID: 0x08, hasNode: false, deviceID: 60,
        features: [], queues: []),
      OfferedDevice(
        node: #"\_SB.VR00"#, transport: .mmio, deviceID: 4, features: [.version1],
        queues: [Virtqueue("requestq", size: 8)]),
      OfferedDevice(
        node: "fe.1.beef", transport: .ccw, hasNode: false, deviceID: 2, features: [.version1],
        queues: []),
    ]
    let written = OfferedFeatures(
      virtualMachine: "guest", devices: devices,
      arguments: VMMArguments.all(
        for: devices, architecture: "arm64", poolSize: 8 << 20, translated: []),
      kernelArgument: "swiotlb=force")
    let read = try JSONDecoder().decode(
      OfferedFeatures.self, from: try JSONEncoder().encode(written))
    #expect(read.virtualMachine == "guest")
    #expect(read.forCheck == written.forCheck)
    #expect(read.devices.map(\.queues) == devices.map(\.queues))
    #expect(read.devices.map(\.transport) == devices.map(\.transport))
    #expect(read.devices.last?.channelAddress?.deviceNumber == 0xbeef)
    #expect(read.arguments.isEmpty)
    #expect(read.kernelArgument == nil)
  }

  @Test("may name what is only proposed, where that has a number, and keeps the name")
  func proposals() throws {
    for name in Proposal.swiotlb.names + ["VIRTIO_F_ANY_LAYOUT"] {
      let features = try Self.read(
        #"{"version": 1, "devices": [{"node": "/v", "type": 2, "features": [32, "\#(name)"]}]}"#)
      #expect(features.devices[0].features.map(\.bit) == [27, 32])
      #expect(features.forCheck.devices[0].names == [27: name])
      let again = try JSONDecoder().decode(
        OfferedFeatures.self, from: try JSONEncoder().encode(features))
      #expect(again.forCheck == features.forCheck)
    }
    let number = try Self.read(
      #"{"version": 1, "devices": [{"node": "/v", "type": 2, "features": [27]}]}"#)
    #expect(number.forCheck.devices[0].names.isEmpty)
    let both = Self.message(
      """
      {"version": 1, "devices": [{"node": "/v", "type": 2,
        "features": ["VIRTIO_F_SWIOTLB", "VIRTIO_F_ANY_LAYOUT"]}]}
      """)
    #expect(both.contains("are both bit 27"))
  }

  @Test("that names a proposal without a number is refused with whose it is")
  func proposalWithoutNumber() {
    let message = Self.message(
      #"{"version": 1, "devices": [{"node": "/v", "type": 2, "features": ["VIRTIO_F_DMB"]}]}"#)
    #expect(message.contains("proposed by Alexander Graf, July 2026"))
    #expect(message.contains("issue 248"))
    #expect(message.contains("no Linux negotiates it"))
  }

  @Test(
    "that means nothing is refused",
    arguments: [
      (#"{"devices": []}"#, "version is missing; it is 1"),
      (#"{"version": 2, "devices": []}"#, "version is 2; only 1 is known"),
      (#"{"version": 1}"#, "devices is missing"),
      (#"{"version": 1, "devics": []}"#, "devics unknown key; there are"),
      (
        #"{"version": 1, "devices": [{"node": "virtio", "type": 2, "features": []}]}"#,
        "devices [0] node 'virtio' is no path"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": "blok", "features": []}]}"#,
        "devices [0] type 'blok' is no type of device; there are 9P"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": "block", "features": ["VIRTIO_NET_F_MQ"]}]}"#,
        "devices [0] features 'VIRTIO_NET_F_MQ' is no feature of type block"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": "block", "features": [128]}]}"#,
        "devices [0] features there is no bit 128: 0 to 127"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": "block"}]}"#,
        "devices [0] features is missing"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": "block", "features": [], "queues": [0]}]}"#,
        "devices [0] queues a queue has 1 to 32768 descriptors, not 0"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": 2, "function": "0:20.0", "features": []}]}"#,
        "devices [0] function '0:20.0' is no function of PCI"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "type": 2, "features": [33]}, {"node": "/v", "type": 2, "features": []}]}"#,
        "devices /v is there twice, as [0] and [1]"
      ),
      (
        #"{"version": 1, "devices": [{"devno": "fe.0.1", "type": 2, "features": []}]}"#,
        "devices [0] devno 'fe.0.1' is no channel device, as fe.0.0001 is"
      ),
      (
        #"{"version": 1, "devices": [{"devno": "fe.0.0001", "node": "/v", "type": 2, "features": []}]}"#,
        "devices [0] node a channel device has none"
      ),
      (
        #"{"version": 1, "devices": [{"devno": "fe.0.0001", "transport": "pci", "type": 2, "features": []}]}"#,
        "devices [0] devno a device on pci is no channel device"
      ),
      (
        #"{"version": 1, "devices": [{"node": "/v", "transport": "ccw", "type": 2, "features": []}]}"#,
        "devices [0] devno is missing"
      ),
      (
        #"{"version": 1, "devices": [{"devno": "fe.0.0001", "type": 2, "features": []}, {"devno": "fe.0.0001", "type": 4, "features": []}]}"#,
        "devices fe.0.0001 is there twice, as [0] and [1]"
      ),
    ])
  func refused(_ text: String, _ message: String) {
    #expect(Self.message(text).hasPrefix(message), "\(Self.message(text))")
  }
}
