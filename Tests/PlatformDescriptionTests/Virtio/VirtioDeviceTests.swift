import PlatformDescription
import Testing

@Suite("virtio devices")
struct VirtioDeviceTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var device: VirtioDevice
    var id: Int
    var queues: [String]
    var implied: [VirtioFeature] = []
  }

  /// The queues by the standard's sections: VIRTIO 1.3, "Virtqueues" of 5.1 to 5.19.
  static let shapes = [
    Shape(
      testDescription: "a network device", device: .network(), id: 1,
      queues: ["receiveq1", "transmitq1", "controlq"],
      implied: [.network(.mrgRxbuf), .network(.ctrlVQ)]),
    Shape(
      testDescription: "a network device of two pairs",
      device: .network(queuePairs: 2, mergeableReceiveBuffers: false), id: 1,
      queues: ["receiveq1", "transmitq1", "receiveq2", "transmitq2", "controlq"],
      implied: [.network(.ctrlVQ), .network(.mq)]),
    Shape(testDescription: "a block device", device: .block, id: 2, queues: ["requestq"]),
    Shape(
      testDescription: "a block device of two queues", device: .block(queues: 2, segMax: 126),
      id: 2, queues: ["requestq1", "requestq2"], implied: [.block(.segMax), .block(.mq)]),
    Shape(
      testDescription: "a console", device: .console(), id: 3, queues: ["receiveq0", "transmitq0"]),
    Shape(
      testDescription: "a console of three ports", device: .console(ports: 3), id: 3,
      queues: [
        "receiveq0", "transmitq0", "control receiveq", "control transmitq", "receiveq1",
        "transmitq1", "receiveq2", "transmitq2",
      ], implied: [.console(.multiport)]),
    Shape(testDescription: "an entropy device", device: .entropy, id: 4, queues: ["requestq"]),
    Shape(
      testDescription: "a balloon", device: .balloon, id: 5, queues: ["inflateq", "deflateq"]),
    Shape(
      testDescription: "a balloon that reports", device: .balloon(pageReporting: true), id: 5,
      queues: ["inflateq", "deflateq", "reporting_vq"], implied: [.balloon(.pageReporting)]),
    Shape(
      testDescription: "a balloon that does everything",
      device: .balloon(statistics: true, freePageHint: true, pageReporting: true), id: 5,
      queues: ["inflateq", "deflateq", "statsq", "free_page_vq", "reporting_vq"],
      implied: [.balloon(.statsVQ), .balloon(.freePageHint), .balloon(.pageReporting)]),
    Shape(
      testDescription: "a SCSI host", device: .scsi, id: 8,
      queues: ["controlq", "eventq", "requestq"]),
    Shape(
      testDescription: "a SCSI host of two queues", device: .scsi(queues: 2), id: 8,
      queues: ["controlq", "eventq", "requestq1", "requestq2"]),
    Shape(testDescription: "a 9P transport", device: .nineP, id: 9, queues: ["requestq"]),
    Shape(testDescription: "a GPU", device: .gpu(), id: 16, queues: ["controlq", "cursorq"]),
    Shape(
      testDescription: "an input device", device: .input, id: 18, queues: ["eventq", "statusq"]),
    Shape(
      testDescription: "a socket device", device: .socket, id: 19, queues: ["rx", "tx", "event"]),
    Shape(
      testDescription: "a crypto device", device: .crypto, id: 20, queues: ["dataq", "controlq"]),
    Shape(
      testDescription: "a crypto device of two", device: .crypto(dataQueues: 2), id: 20,
      queues: ["dataq1", "dataq2", "controlq"]),
    Shape(testDescription: "an IOMMU", device: .iommu, id: 23, queues: ["requestq", "eventq"]),
    Shape(testDescription: "a memory device", device: .memory, id: 24, queues: ["guest-request"]),
    Shape(
      testDescription: "a sound device", device: .sound, id: 25,
      queues: ["controlq", "eventq", "txq", "rxq"]),
    Shape(
      testDescription: "a file system", device: .fileSystem, id: 26, queues: ["hiprio", "requestq"]),
    Shape(
      testDescription: "a file system that notifies",
      device: .fileSystem(requestQueues: 2, notification: true), id: 26,
      queues: ["hiprio", "notificationq", "requestq1", "requestq2"],
      implied: [.fileSystem(.notification)]),
    Shape(testDescription: "a PMEM device", device: .pmem, id: 27, queues: ["req_vq"]),
  ]

  @Test("have the queues of their section, and offer what follows from them", arguments: shapes)
  func shape(shape: Shape) {
    #expect(shape.device.deviceID == shape.id)
    #expect(shape.device.queues.map(\.name) == shape.queues)
    #expect(shape.device.impliedFeatures.sorted() == shape.implied.sorted())
    #expect(shape.device.typeName != "device \(shape.id)")
  }

  @Test("keep no parameters that are usual, and all others")
  func parameters() {
    for device in Self.shapes.map(\.device) where device.impliedFeatures.isEmpty {
      #expect(device.parameters == nil)
    }
    #expect(
      VirtioDevice.console(ports: 1, maxNrPorts: 31).parameters
        == .console(VirtioConsoleParameters(ports: 1)))
    #expect(VirtioDevice.console(ports: 1, maxNrPorts: 31).queues.count == 64)
    #expect(
      VirtioDevice.gpu(width: 640, height: 480).effectiveParameters
        == .gpu(VirtioGPUParameters(width: 640, height: 480)))
    #expect(VirtioDevice.block.effectiveParameters == .block(VirtioBlockParameters()))
    #expect(VirtioDevice.entropy.effectiveParameters == nil)
  }

  @Test("take another size for all their queues")
  func queueSize() {
    #expect(VirtioDevice.sound.queueSize(32).queues.map(\.size) == [32, 32, 32, 32])
  }

  @Test("make no more queues than a driver can tell apart, whatever they are asked for")
  func limits() {
    for count in [65_537, Int.max] {
      #expect(VirtioDevice.block(queues: count).queues.count > VirtioDevice.maximumQueues)
      #expect(VirtioDevice.network(queuePairs: count).queues.count < 200_000)
    }
    #expect(VirtioDevice.console(ports: -1).queues.isEmpty)
    #expect(VirtioDevice.crypto(dataQueues: -1).queues.map(\.name) == ["controlq"])
  }
}
