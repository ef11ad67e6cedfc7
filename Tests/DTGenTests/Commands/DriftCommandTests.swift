import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen check --expect", .requiresDistribution, .requires(.qemuArm), .requires(.fdtput))
struct DriftCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let description = """
      import PlatformDescription
      let bounce = RestrictedDMAPool("bounce", at: 0x4f00_0000, size: .mib(8))
      let platform = Platform("drifting") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(256)) {
          bounce
          VirtioMMIO(.block, memoryRegion: bounce)
          VirtioMMIO(.network(), memoryRegion: bounce)
          Chosen(bootArguments: "console=ttyAMA0")
        }
      }
      """
    try scratch.write(Array(description.utf8), to: "platform.swift")
    let built = try Command.run(
      ["build", "platform.swift", "-q", "--emit", "dtb,features,json"], in: scratch)
    try #require(built.status == 0, "\(built.errors)")
    // What a VMM adds by itself: random seeds, an initial RAM disk, its own nodes, a tree of its own size.
    let qemu = try Tool.qemuArm.run(
      [
        "-M", "virt,gic-version=3,dumpdtb=passed.dtb", "-cpu", "cortex-a57", "-m", "256",
        "-nodefaults", "-display", "none", "-dtb", "guest.dtb", "-kernel", "platform.swift",
        "-initrd", "drifting.json", "-append", "console=ttyAMA0 root=/dev/vda quiet",
      ], directory: scratch.path)
    try #require(scratch.read("passed.dtb") != nil, "\(qemu.errors)")
  }

  private static let files = [
    "--expect", "guest.dtb", "--expect", "guest-features.json", "--features",
    "guest-features.json",
  ]

  private func check(_ options: [String], _ tree: String = "passed.dtb") throws -> Tool.Result {
    try Command.run(["check", tree] + options, in: scratch)
  }

  @Test("finds nothing in what QEMU makes of the tree that was built")
  func ownAdditions() throws {
    for expected in [
      Self.files, ["--expect", "drifting.json", "--features", "guest-features.json"],
    ] {
      let result = try check(expected + ["--rule", "drift", "--require", "drift"])
      #expect(result.status == 0, "\(result.text)\(result.errors)")
      #expect(result.text.contains("no findings"))
    }
  }

  @Test(
    "finds what was changed, one thing at a time",
    arguments: [
      (
        "region-differs", "error",
        [
          "-t", "x", "m.dtb", "/reserved-memory/bounce@4f000000", "reg", "0", "4e000000", "0",
          "800000",
        ]
      ),
      (
        "region-differs", "error",
        [
          "-t", "x", "m.dtb", "/reserved-memory/bounce@4f000000", "reg", "0", "4f000000", "0",
          "400000",
        ]
      ),
      ("region-differs", "error", ["m.dtb", "/reserved-memory/bounce@4f000000", "no-map"]),
      ("region-missing", "error", ["-r", "m.dtb", "/reserved-memory/bounce@4f000000"]),
      (
        "region-missing", "error",
        ["-t", "s", "m.dtb", "/reserved-memory/bounce@4f000000", "status", "disabled"]
      ),
      ("region-added", "warning", ["-c", "m.dtb", "/reserved-memory/other"]),
      ("confinement-differs", "error", ["-d", "m.dtb", "/virtio_mmio@a000000", "memory-region"]),
      ("device-gone", "error", ["-r", "m.dtb", "/virtio_mmio@a000200"]),
      (
        "device-gone", "error",
        ["-t", "x", "m.dtb", "/virtio_mmio@a000200", "reg", "0", "a000400", "0", "200"]
      ),
      (
        "device-gone", "error",
        ["-t", "s", "m.dtb", "/virtio_mmio@a000200", "status", "disabled"]
      ),
      (
        "memory-differs", "error",
        ["-t", "x", "m.dtb", "/memory@40000000", "reg", "0", "40000000", "0", "f800000"]
      ),
      (
        "memory-differs", "warning",
        ["-t", "x", "m.dtb", "/memory@40000000", "reg", "0", "40000000", "0", "20000000"]
      ),
      ("addressing-differs", "error", ["-d", "m.dtb", "/virtio_mmio@a000200", "dma-coherent"]),
      (
        "boot-argument-differs", "error",
        ["-t", "s", "m.dtb", "/chosen", "bootargs", "console=ttyAMA0 swiotlb=noforce"]
      ),
    ] as [(String, String, [String])])
  func changed(_ rule: String, _ severity: String, _ change: [String]) throws {
    try scratch.write(try #require(scratch.read("passed.dtb")), to: "m.dtb")
    let changed = try Tool.fdtput.run(change, directory: scratch.path)
    try #require(changed.status == 0, "\(changed.errors)")
    let result = try check(Self.files + ["--rule", "drift"], "m.dtb")
    #expect(result.status == (severity == "error" ? 1 : 0))
    #expect(result.text.contains("[drift/\(rule)]"), "\(result.text)")
    #expect(result.text.contains(": \(severity): "), "\(result.text)")
  }

  @Test("finds a device whose features are fewer than was built")
  func features() throws {
    let text = String(decoding: try #require(scratch.read("guest-features.json")), as: UTF8.self)
    let other = text.replacing("\"VIRTIO_F_ACCESS_PLATFORM\"", with: "\"VIRTIO_F_RING_PACKED\"")
    try #require(other != text)
    try scratch.write(Array(other.utf8), to: "other.json")
    let result = try check([
      "--expect", "guest.dtb", "--expect", "guest-features.json", "--features", "other.json",
      "--rule", "drift",
    ])
    #expect(result.status == 1)
    #expect(result.text.contains("[drift/feature-missing]"), "\(result.text)")
  }

  @Test("fails where drift is required, or tables, and nobody named what it takes")
  func required() throws {
    let result = try check(["--require", "drift"])
    #expect(result.status == 1)
    #expect(result.errors.contains("required and not asked"), "\(result.errors)")
    let partly = try check(["--expect", "guest.dtb", "--require", "drift"])
    #expect(partly.errors.contains("drift/feature-missing is required and was skipped"))
    let tables = try check(["--require", "acpi"])
    #expect(tables.status == 1)
    #expect(tables.errors.contains("in need of what was not named: tables"), "\(tables.errors)")
    // Nobody misses what wasn't asked for.
    #expect(!(try check([])).text.contains("expected tree"))
  }

  @Test("refuses features that fit nothing in the tree that was built")
  func strangeFeatures() throws {
    let text = String(decoding: try #require(scratch.read("guest-features.json")), as: UTF8.self)
    let strange = text.replacing("virtio_mmio@a000000", with: "virtio_mmio@b000000")
    try #require(strange != text)
    try scratch.write(Array(strange.utf8), to: "strange.json")
    let result = try check(["--expect", "guest.dtb", "--expect", "strange.json"])
    #expect(result.status == 65)
    #expect(
      result.errors.contains("strange.json: has features of /virtio_mmio@b000000"),
      "\(result.errors)")
  }

  @Test("finds features of which nothing was described")
  func undescribedFeatures() throws {
    try scratch.write(
      Array("{version: 1, virtualMachine: \"guest\", devices: []}".utf8), to: "none.json")
    let options = ["--expect", "guest.dtb", "--expect", "none.json", "--rule", "drift"]
    let result = try check(options + ["--features", "guest-features.json"])
    #expect(result.status == 1)
    #expect(result.text.contains("[drift/feature-missing]"), "\(result.text)")
    #expect(try check(options + ["--features", "none.json"]).status == 0)
  }

  @Test("takes one tree, with or without tables")
  func oneTree() throws {
    let description = """
      import PlatformDescription
      let platform = Platform("p") {
        VirtualMachine("microvm", architecture: .x86_64) {
          VirtioMMIO(.block, at: 0xfeb0_0200, interrupt: .gsi(17, .edgeRising))
        }
      }
      """
    try scratch.write(Array(description.utf8), to: "tables.swift")
    let built = try Command.run(["build", "tables.swift", "-q", "-o", "tables"], in: scratch)
    try #require(scratch.read("tables/microvm-ssdt.aml") != nil, "\(built.errors)")
    for (inputs, count) in [
      (["guest.dtb", "passed.dtb"], 2), (["tables/microvm-ssdt.aml"], 0), (["tables"], 0),
    ] {
      let result = try Command.run(["check"] + inputs + ["--expect", "guest.dtb"], in: scratch)
      #expect(result.status == 64, "\(inputs): \(result.text)\(result.errors)")
      #expect(result.errors.contains("there are \(count) trees"), "\(result.errors)")
    }
    let both = try Command.run(
      [
        "check", "passed.dtb", "tables/microvm-ssdt.aml", "--expect", "guest.dtb", "--rule",
        "drift",
      ],
      in: scratch)
    #expect(both.status == 0, "\(both.text)\(both.errors)")
  }

  @Test("says what it takes where it is given something else")
  func usage() throws {
    #expect(try check(["--expect", "guest-features.json"]).status == 64)
    #expect(try check(["--expect", "guest.dtb", "--expect", "guest.dtb"]).status == 64)
    #expect(try check(["--expect", "guest.dtb", "--expect", "drifting.json"]).status == 64)
    #expect(try check(["--expect", "none.dtb"]).status == 66)
    #expect(try check(["--expect", "platform.swift"]).status == 65)
    #expect(try check(["guest.dtb", "--expect", "guest.dtb"]).status == 64)
  }

  /// The same file stands as what was built and as what is passed.
  @Test("finds nothing in a tree that is held against itself, whatever is in it")
  func fixtures() throws {
    let directory = Repository.fixtures + "/platforms"
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
      let output = scratch.path + "/fixture-\(name)"
      let built = try Command.run(
        ["build", "\(directory)/\(name)/platform.swift", "-q", "-o", output], in: scratch)
      guard built.status == 0 else { continue }
      for file in try FileManager.default.contentsOfDirectory(atPath: output).sorted()
      where file.hasSuffix(".dtb") {
        count += 1
        let tree = "\(output)/\(file)"
        let result = try check(["--expect", tree, "--rule", "drift"], tree)
        #expect(
          result.status == 0 && result.text.contains("no findings"), "\(tree): \(result.text)")
      }
    }
    #expect(count > 20)
  }
}
