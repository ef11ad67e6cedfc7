import DTGenTestSupport
import PlatformDescription
import Testing

@testable import VMMInterface

@Suite("the arguments for QEMU", .requires(.qemuArm))
struct QEMUArgumentsTests {
  /// A device with what it needs to have.
  private static func device(
    _ device: VirtioDevice, _ transport: OfferedDevice.Transport, _ features: [VirtioFeature]
  ) -> OfferedDevice {
    OfferedDevice(
      node: transport == .mmio ? "/virtio_mmio@a000200" : "/pcie@10000000/virtio@2,0",
      transport: transport, requesterID: transport == .pci ? 0x10 : nil,
      deviceID: device.deviceID,
      features: Set(features + device.impliedFeatures + [.version1]).sorted(),
      queues: device.queues)
  }

  /// What stands for the host's part.
  static func backends(_ arguments: VMMArguments) -> [String] {
    arguments.needs.flatMap { need -> [String] in
      switch need.option {
      case "-netdev": ["-netdev", "hubport,id=\(need.id),hubid=0"]
      case "-blockdev":
        ["-blockdev", "driver=null-co,size=65536,node-name=\(need.id),read-zeroes=on"]
      case "-chardev": ["-chardev", "null,id=\(need.id)"]
      case "-fsdev": ["-fsdev", "synth,id=\(need.id)"]
      case "-object" where need.id.hasPrefix("balloon"): ["-object", "iothread,id=\(need.id)"]
      case "-object" where need.id.hasPrefix("crypto"):
        ["-object", "cryptodev-backend-builtin,id=\(need.id)"]
      case "-object":
        ["-m", "256M,maxmem=1G,slots=1", "-object", "memory-backend-ram,size=128M,id=\(need.id)"]
      default: []
      }
    }
  }

  private static let types: [VirtioDevice] = [
    .block, .block(queues: 4), .network(), .console(), .console(ports: 3), .entropy, .balloon,
    .scsi(),
    .nineP(), .gpu(), .input, .crypto(), .iommu, .memory,
  ]

  /// What of a network device the host's network has a say in.
  static let ofHost: Set<Int> = [0, 1, 2, 7, 8, 9, 10, 11, 12, 13, 14, 57, 60, 61]

  @Test(
    "make its devices offer that, and say what they offer besides", arguments: types, [0, 1, 2])
  func exact(_ type: VirtioDevice, _ amount: Int) throws {
    let model = try #require(QEMUModel.all[type.deviceID])
    // Failover wants a second device, a blob shared memory, and the number of pairs goes with the host's.
    let switches = model.allSwitches.filter { ![62, 22].contains($0.bit) && $0.property != "blob" }
    let chosen = switches.enumerated().filter { amount == 2 || amount == 1 && $0.offset % 2 == 0 }
    let transports: [OfferedDevice.Transport] =
      [23, 24].contains(type.deviceID) ? [.pci] : [.mmio, .pci]
    for transport in transports {
      let device = Self.device(type, transport, chosen.map { .bit($0.element.bit) })
      let arguments = QEMUArguments.arguments(for: [device], board: .arm64Virt)
      let machine = try QEMUDevices(arguments: arguments.words + Self.backends(arguments))
      let found = try #require(machine.devices.first)
      let names = FeatureNames(deviceID: type.deviceID)
      var bits = Set(found.features.compactMap(names.bit))
      #expect(bits.count == found.features.count, "\(found.features)")
      // What QEMU has no name for: VIRTIO_F_RING_RESET and a few of one type.
      for bit in 0..<64 where bit != 30 && found.unknownBits >> UInt64(bit) & 1 == 1 {
        bits.insert(bit)
      }
      var expected = Set(device.features.map(\.bit)).union(model.always)
      if type.deviceID == 1 {
        bits.subtract(Self.ofHost)
        expected.subtract(Self.ofHost)
      }
      #expect(
        bits == expected,
        "\(arguments.shell): more \(bits.subtracting(expected)), less \(expected.subtracting(bits))"
      )
      let more = model.always.subtracting(device.features.map(\.bit))
      #expect(
        arguments.differences.contains { $0.what.hasPrefix("QEMU also offers") } == !more.isEmpty)
    }
  }

  @Test("tell what QEMU can't do")
  func differences() {
    let elsewhere = OfferedDevice(
      node: "/virtio_mmio@b000000", transport: .mmio, deviceID: 2, features: [.version1], queues: []
    )
    let behind = OfferedDevice(
      node: "/pcie@10000000", transport: .pci, requesterID: 0x100, hasNode: false, deviceID: 2,
      features: [.version1], queues: [])
    let sound = OfferedDevice(
      node: "/virtio_mmio@a000000", transport: .mmio, deviceID: 25, features: [.version1],
      queues: [])
    let arguments = QEMUArguments.arguments(
      for: [elsewhere, behind, sound], board: .arm64Virt)
    #expect(arguments.words == ["-global", "virtio-mmio.force-legacy=false"])
    #expect(arguments.differences.count == 3)
  }

  @Test("keep a shell from taking them for something else")
  func quoting() {
    var arguments = VMMArguments(.qemu)
    arguments.words = ["-drive", "file=it's here.img", "", "$HOME"]
    #expect(arguments.shell == #"-drive 'file=it'\''s here.img' '' '$HOME'"#)
  }
}
