import DTGenTestSupport
import Foundation
import GuestView

/// Judging one tree with all that a check may be given: what is offered, and a whole kernel's configuration.
enum CheckRows {
  /// How many options a configuration of Debian has.
  private static let optionCount = 10_000

  static func measure(_ workshop: Workshop) throws -> [Row] {
    let tree = workshop.file("checked.dtb")
    try Data(QEMUTree(gic: 3, cpus: 4).dump()).write(to: URL(fileURLWithPath: tree))
    let features = workshop.file("features.json")
    try Data(offered.utf8).write(to: URL(fileURLWithPath: features))
    let text = configuration
    let config = workshop.file("config")
    try Data(text.utf8).write(to: URL(fileURLWithPath: config))
    let check = Invocation(
      executable: workshop.dtgen,
      arguments: [
        "check", "-q", "--dtb", tree, "--features", features, "--guest-config", config,
      ])
    let read = Invocation(
      executable: workshop.dtc, arguments: ["-I", "dtb", "-O", "null", tree])
    return [
      try Contest(
        what: "checking QEMU's tree, its features and \(text.utf8.count >> 10) KiB of .config",
        goal: 3, rounds: workshop.rounds(400), peerName: "dtc -O null",
        ours: { () throws(Failure) in try LintRows.sample(of: check) },
        peer: { () throws(Failure) in Sample(try read.run()) }
      ).run()
    ]
  }

  /// Two devices behind the first slots of QEMU's machine, confined as far as it is up to them.
  private static var offered: String {
    let devices = [(0, "block"), (1, "network")].map { slot, type in
      """
      {"node": "/virtio_mmio@\(String(0xa00_0000 + slot * 0x200, radix: 16))", "type": "\(type)",
        "features": ["VIRTIO_F_VERSION_1", "VIRTIO_F_ACCESS_PLATFORM"]}
      """
    }
    return #"{"version": 1, "devices": [\#(devices.joined(separator: ",\n"))]}"#
  }

  /// A configuration as long as that of a distribution: every option that matters, among those that don't.
  private static var configuration: String {
    var lines = ["# Linux/arm64 6.12.43 Kernel Configuration", "CONFIG_CC_IS_GCC=y"]
    lines += GuestOption.allCases.map { "CONFIG_\($0.rawValue)=y" }
    for number in lines.count..<optionCount {
      let name = "CONFIG_SUBSYSTEM_DRIVER_\(number)"
      lines.append(number.isMultiple(of: 3) ? "# \(name) is not set" : "\(name)=m")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
