import DTGenTestSupport
import Foundation
import PlatformDescription
import Testing

/// The queues of the devices against those of a QEMU that runs.
@Suite("queues beside QEMU's")
struct QEMUQueueTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var device: VirtioDevice
    var arguments: [String]
    /// Queues that QEMU has besides, which the driver never asks for.
    var besides = 0

    var testDescription: String { device.typeName + ", \(device.queues.count) queues" }
  }

  static let cases = [
    Case(
      device: .block,
      arguments: [
        "-blockdev", "null-co,node-name=disk,size=1048576", "-device",
        "virtio-blk-device,id=device,drive=disk",
      ]),
    Case(
      device: .block(queues: 3, queueSize: 64),
      arguments: [
        "-blockdev", "null-co,node-name=disk,size=1048576", "-device",
        "virtio-blk-device,id=device,drive=disk,num-queues=3,queue-size=64",
      ]),
    Case(device: .network(), arguments: ["-device", "virtio-net-device,id=device"]),
    Case(
      device: .console(ports: 1, maxNrPorts: 31),
      arguments: ["-device", "virtio-serial-device,id=device"]),
    Case(
      device: .console(), arguments: ["-device", "virtio-serial-device,id=device,max_ports=1"],
      besides: 2),
    Case(device: .entropy, arguments: ["-device", "virtio-rng-device,id=device"]),
    Case(device: .gpu(), arguments: ["-device", "virtio-gpu-device,id=device"]),
    Case(device: .input, arguments: ["-device", "virtio-keyboard-device,id=device"]),
    Case(
      device: .nineP,
      arguments: [
        "-fsdev", "local,id=files,path=/tmp,security_model=none", "-device",
        "virtio-9p-device,id=device,fsdev=files,mount_tag=tag",
      ]),
    Case(
      device: .balloon(statistics: true, pageReporting: true),
      arguments: ["-device", "virtio-balloon-device,id=device,free-page-reporting=on"]),
    Case(device: .scsi, arguments: ["-device", "virtio-scsi-device,id=device"]),
    Case(
      device: .crypto,
      arguments: [
        "-object", "cryptodev-backend-builtin,id=cipher", "-device",
        "virtio-crypto-device,id=device,cryptodev=cipher",
      ]),
  ]

  @Test("are as many and as long", .requires(.qemuArm), arguments: cases)
  func sizes(of one: Case) throws {
    let expected = one.device.queues.map(\.size)
    let asked = expected.indices.map { index in
      """
      {"execute": "x-query-virtio-queue-status", "arguments": {"path": "/machine/peripheral/device",
      "queue": \(index)}}

      """
    }
    let status =
      #"{"execute": "x-query-virtio-status", "arguments": {"path": "/machine/peripheral/device"}}"#
    let input =
      "{\"execute\": \"qmp_capabilities\"}\n" + asked.joined() + status
      + "\n{\"execute\": \"quit\"}\n"
    let result = try Tool.qemuArm.run(
      [
        "-M", "virt", "-cpu", "cortex-a57", "-display", "none", "-S", "-nodefaults", "-qmp",
        "stdio",
      ]
        + one.arguments, input: Array(input.utf8))
    let answers = result.text.split(whereSeparator: \.isNewline).compactMap {
      line -> [String: Any]? in
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["return"] as? [String: Any]
    }
    let sizes = answers.compactMap { $0["vring-num-default"] as? Int }
    #expect(sizes == expected, "\(result.text)\(result.errors)")
    let id = answers.compactMap { $0["device-id"] as? Int }.first
    let count = answers.compactMap { $0["num-vqs"] as? Int }.first
    #expect(id == one.device.deviceID)
    #expect(count == expected.count + one.besides)
  }
}
