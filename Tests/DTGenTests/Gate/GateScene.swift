import DTGenTestSupport
import Foundation

/// A directory with a guest's tree, whose disk has a pool, and with what its kernel may have been built with.
struct GateScene {
  let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let description = """
      import PlatformDescription
      let bounce = RestrictedDMAPool("bounce", at: 0x4f00_0000, size: .mib(8))
      let platform = Platform("gated") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(256)) {
          bounce
          VirtioMMIO(.block, memoryRegion: bounce)
          Chosen(bootArguments: "console=ttyAMA0")
        }
      }
      """
    try write("platform.swift", description)
    let built = try Command.run(["build", "platform.swift", "-q"], in: scratch)
    guard built.status == 0 else { throw Unbuilt(description: built.errors) }
    try write("config", KernelText.configuration(pools: true))
    try write("config-without", KernelText.configuration(pools: false))
    try scratch.write(GuestProgram.ending, to: "ending")
    try scratch.write(GuestProgram.lasting, to: "lasting")
  }

  struct Unbuilt: Error { var description: String }

  func write(_ name: String, _ text: String) throws {
    try scratch.write(Array(text.utf8), to: name)
  }

  /// QEMU's command line, with these words behind the disk's own.
  static func qemu(disk: String = "", kernel: String = "ending", _ more: [String] = []) -> [String]
  {
    [
      "qemu-system-aarch64", "-M", "virt,gic-version=3", "-cpu", "cortex-a57", "-m", "256",
      "-nodefaults", "-display", "none", "-serial", "stdio", "-semihosting", "-dtb", "guest.dtb",
      "-kernel", kernel, "-global", "virtio-mmio.force-legacy=false", "-drive",
      "if=none,id=d,file=null-co://,format=raw", "-device",
      "virtio-blk-device,bus=virtio-mmio-bus.0,drive=d" + disk,
    ] + more
  }

  /// The one that is right.
  static let right = qemu(disk: ",iommu_platform=on")

  /// The options of a gate whose guest's kernel is right.
  static let kernel = ["--guest-config", "config"]

  func gate(_ options: [String], _ command: [String], input: [UInt8] = []) throws -> Tool.Result {
    try Command.run(["gate", "qemu"] + options + ["--"] + command, in: scratch, input: input)
  }

  /// The gate in front of a program with this text in QEMU's place.
  func gate(_ options: [String] = kernel, standIn text: String) throws -> Tool.Result {
    try scratch.writeProgram("#!/bin/bash\n\(text)\n", to: "stand-in")
    return try gate(options, [scratch.path + "/stand-in", "-M", "virt"])
  }

  /// What is left of the gate's own files.
  var litter: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: scratch.path)) ?? []
    return names.filter { $0.hasPrefix("dtgen.") }
  }
}
