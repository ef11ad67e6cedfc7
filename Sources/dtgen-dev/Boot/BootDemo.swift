import ArgumentParser
import DTGenTestSupport
import Foundation

/// `dtgen-dev boot-demo`: a guest that is confined, and its twin that isn't and doesn't say so.
struct BootDemo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boot-demo",
    abstract: "Boot a guest that is confined, and its twin that silently isn't.")

  private static let platform =
    Repository.fixtures
    + "/platforms/protected-guest-by-preset/platform.swift"
  /// What the twin lacks.
  private static let confined = "VirtioMMIO(.block, memoryRegion: bounce)"
  private static let unconfined = "VirtioMMIO(.block)"

  @Flag(help: .hidden)
  var tied = false

  func run() throws {
    try Surroundings.prepare(jobs: 1)
    let text = try String(contentsOfFile: Self.platform, encoding: .utf8)
    guard text.contains(Self.confined) else {
      throw Failure("\(Self.platform) has no '\(Self.confined)'")
    }
    let workshop = try BootWorkshop(isTied: tied)
    defer { workshop.close() }
    try workshop.reserve(Boot.logs)
    _ = try Emulator.version(of: .qemuArm)
    let emulator = try Emulator(
      kernels: GuestKernel.all(for: [.arm64]), folder: Boot.logs)
    let scratch = try ScratchDirectory()

    heading("a guest whose devices may reach one pool and nothing else")
    print(text)
    let good = try show(
      text, name: "confined", emulator, scratch,
      expecting: .confined(Named.mmio(0), pool: "bounce@5f000000"))

    heading("its twin, in which a pool was forgotten")
    print("-    \(Self.confined)\n+    \(Self.unconfined)\n")
    let bad = try show(
      text.replacing(Self.confined, with: Self.unconfined), name: "unconfined", emulator, scratch,
      expecting: .escapes(Named.mmio(0)))
    if let complaint = Prediction.silent.complaint(in: bad, twin: good) {
      throw Failure("the kernel complains, against what was expected: \(complaint)")
    }
    print("its kernel's log has no complaint that the other one doesn't have, too")
  }

  private func heading(_ text: String) {
    let isTerminal = isatty(1) == 1
    print("\n\(isTerminal ? "\u{1b}[1m" : "")== \(text)\(isTerminal ? "\u{1b}[0m" : "")\n")
  }

  /// What dtgen says of a description, and then what a guest does with what comes out of it.
  private func show(
    _ text: String, name: String, _ emulator: Emulator, _ scratch: ScratchDirectory,
    expecting prediction: Prediction
  ) throws -> Outcome {
    let folder = scratch.path + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try text.write(toFile: folder + "/platform.swift", atomically: true, encoding: .utf8)
    print("$ dtgen build platform.swift")
    let dtgen = Tool(path: Repository.root + "/dist/bin/dtgen", package: "make build")
    let built = try dtgen.run(["build", "platform.swift"], directory: folder)
    print(built.text + built.errors)
    guard let tree = FileManager.default.contents(atPath: folder + "/guest.dtb") else {
      throw Failure("dtgen wrote no tree")
    }
    print("$ qemu-system-aarch64 -M virt,gic-version=3 …    # the same bytes, in a guest")
    let boot = BootCase(
      name: "demo-\(name)", tree: .bytes([UInt8](tree)), machine: .virt.cpus(2),
      devices: [.mmio(.block, 0), .mmio(.network, 1)], expectations: [])
    let outcome = try emulator.run(boot, limit: 60)
    for device in outcome.report.devices {
      let kind = device.type == 2 ? "disk" : "network card"
      print("  the \(kind): \(outcome.state(of: device.parent))")
    }
    print(String(format: "  %.1f s\n", outcome.seconds))
    guard prediction.isMet(by: outcome, twin: nil) else {
      throw Failure("expected was: \(prediction.text); see \(outcome.log)")
    }
    guard outcome.areDisksRight, outcome.wrongDisks.isEmpty else {
      throw Failure("the two sides of the disk differ; see \(outcome.log)")
    }
    return outcome
  }
}
