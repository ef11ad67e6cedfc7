import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

@testable import VMMInterface

@Suite("the arguments for QEMU's machines that describe themselves")
struct SecureGuestArgumentsTests {
  private static let types: [VirtioDevice] = [
    .block, .block(queues: 4), .network(), .console(), .entropy, .balloon, .scsi(), .nineP(),
    .gpu(),
    .input, .crypto(),
  ]

  private static func device(_ type: VirtioDevice, onChannels: Bool) -> OfferedDevice {
    OfferedDevice(
      node: onChannels ? "fe.1.beef" : "/pci@800000020000000",
      transport: onChannels ? .ccw : .pci, requesterID: onChannels ? nil : 0x10, hasNode: false,
      deviceID: type.deviceID,
      features: Set(type.impliedFeatures + [.version1, .accessPlatform]).sorted(),
      queues: type.queues)
  }

  /// Whether QEMU's device offers what was described, besides what the host's network has a say in; returned
  /// is what its transport says.
  private func offer(
    of device: OfferedDevice, _ tool: Tool, _ machine: String, _ arguments: VMMArguments,
    properties: [String]
  ) throws -> [String: String] {
    let machine = try QEMUDevices(
      tool, machine: machine, arguments: arguments.words + QEMUArgumentsTests.backends(arguments),
      properties: properties)
    let found = try #require(machine.devices.first)
    let names = FeatureNames(deviceID: device.deviceID)
    let model = try #require(QEMUModel.all[device.deviceID])
    // What only newer versions of QEMU have a name for is read from the number.
    let ignored = (device.deviceID == 1 ? QEMUArgumentsTests.ofHost : []).union([30])
    var bits = Set(found.features.compactMap(names.bit))
    for bit in 0..<64 where found.unknownBits >> UInt64(bit) & 1 == 1 { bits.insert(bit) }
    let expected = Set(device.features.map(\.bit)).union(model.always).subtracting(ignored)
    #expect(bits.subtracting(ignored) == expected, "\(arguments.shell)")
    return found.properties
  }

  @Test(
    "make channel devices offer that, each at its address", .requires(.qemuS390), arguments: types)
  func channels(type: VirtioDevice) throws {
    let device = Self.device(type, onChannels: true)
    let arguments = QEMUArguments.arguments(for: [device], board: .s390CCW)
    let properties = try offer(
      of: device, .qemuS390, "s390-ccw-virtio", arguments, properties: ["dev_id", "iommu_platform"])
    #expect(properties == ["dev_id": "fe.1.beef", "iommu_platform": "1"])
  }

  @Test(
    "make functions of pseries offer that, without the drafts", .wants(.qemuPOWER),
    arguments: types)
  func functions(type: VirtioDevice) throws {
    let device = Self.device(type, onChannels: false)
    let arguments = QEMUArguments.arguments(for: [device], board: .pseries)
    let properties = try offer(
      of: device, .qemuPOWER, "pseries", arguments,
      properties: ["disable-legacy", "iommu_platform", "addr"])
    // Device 2, function 0, in one number.
    #expect(properties == ["disable-legacy": "on", "iommu_platform": "1", "addr": "16"])
  }

  @Test("name a PCI host that pseries has in its own tree", .wants(.qemuPOWER))
  func host() throws {
    let scratch = try ScratchDirectory()
    _ = try Tool.qemuPOWER.run(
      ["-M", "pseries,dumpdtb=machine.dtb", "-display", "none", "-nodefaults"],
      directory: scratch.path)
    let nodes = try Tool("fdtget", package: "device-tree-compiler").run(
      ["-l", scratch.path + "/machine.dtb", "/"])
    #expect(nodes.text.split(separator: "\n").contains("pci@800000020000000"))
  }

  @Test("ask for a secure guest, where it is one")
  func objects() {
    func words(_ board: QEMUBoard, _ kind: Confidentiality?) -> [String] {
      QEMUArguments.arguments(for: [], board: board, confidential: kind).words
    }
    #expect(
      words(.pseries, .powerSVM)
        == [
          "-machine", "pseries,confidential-guest-support=pef0", "-object", "pef-guest,id=pef0",
        ])
    #expect(
      words(.s390CCW, .s390PV)
        == [
          "-machine", "s390-ccw-virtio,confidential-guest-support=pv0", "-object",
          "s390-pv-guest,id=pv0",
        ])
    #expect(words(.pseries, nil) == [])
    #expect(words(.arm64Virt, .armCCA) == [])
  }

  @Test("have QEMU miss no more of a secure VM than the hardware", .wants(.qemuPOWER))
  func hardware() throws {
    let words = QEMUArguments.arguments(for: [], board: .pseries, confidential: .powerSVM).words
    let result = try Tool.qemuPOWER.run(words + ["-display", "none", "-nodefaults", "-S"])
    #expect(result.status == 1)
    #expect(result.errors.contains("PEF requires KVM"), "\(result.errors)")
  }

  @Test("are QEMU's alone, and tell what its machines lack")
  func differences() {
    let memory = Self.device(.memory, onChannels: true)
    let all = VMMArguments.all(
      for: [memory], architecture: "s390x", poolSize: 0, translated: [], confidential: .s390PV)
    #expect(all.map(\.vmm) == [.qemu])
    #expect(all.first?.differences.map(\.node) == ["fe.1.beef"])
  }
}
