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
    let peer = { () throws(Failure) in Sample(try read.run()) }
    let whole = try Contest(
      what: "checking QEMU's tree, its features and \(text.utf8.count >> 10) KiB of .config",
      goal: 3, rounds: workshop.rounds(400), peerName: "dtc -O null",
      ours: { () throws(Failure) in try LintRows.sample(of: check) }, peer: peer
    ).run()
    return [whole] + (try calls(workshop, tree: tree, config: config, peer))
  }

  /// The same by a call of the library: a fifth of what the whole process may take.
  private static func calls(
    _ workshop: Workshop, tree: String, config: String,
    _ peer: @escaping () throws(Failure) -> Sample
  ) throws -> [Row] {
    let library = Repository.root + "/dist/lib/libdtgen.so"
    guard FileManager.default.fileExists(atPath: library) else {
      throw Failure("there is no \(library): run make library")
    }
    let times = workshop.file("times")
    let call = Invocation(
      executable: workshop.dtgenDev,
      arguments: ["call", library, tree, config] + slots.map { "/" + $0.name }, output: times)
    func row(_ what: String, goal: Double, column: Int) throws -> Row {
      try Contest(
        what: what, goal: goal, rounds: workshop.rounds(100), peerName: "dtc -O null",
        ours: { () throws(Failure) in
          try call.run()
          let numbers = String(decoding: try Read.bytes(of: times), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
          guard numbers.count == 4 else { throw Failure("no times from: \(call.text)") }
          return Sample(wall: numbers[column], processor: numbers[column + 1], peakMemory: nil)
        }, peer: peer
      ).run()
    }
    return [
      try row("the same by libdtgen: loading it, and its first call", goal: 3, column: 0),
      try row("the same by libdtgen: each call after it", goal: 0.6, column: 2),
    ]
  }

  /// The nodes of the first slots of QEMU's machine, and what is behind them.
  private static let slots = [("virtio_mmio@a000000", "block"), ("virtio_mmio@a000200", "network")]
    .map { (name: $0.0, type: $0.1) }

  /// Two devices behind the first slots of QEMU's machine, confined as far as it is up to them.
  private static var offered: String {
    let devices = slots.map { name, type in
      """
      {"node": "/\(name)", "type": "\(type)",
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
