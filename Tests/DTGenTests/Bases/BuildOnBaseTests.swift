import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@Suite("dtgen build --base", .requiresDistribution, .requires(.dtc), .requires(.fdtoverlay))
struct BuildOnBaseTests {
  @Test(
    "gives what it gave when somebody looked at it",
    arguments: [("on-a-dump", false), ("with-labels", true)])
  func goldens(name: String, symbols: Bool) throws {
    let fixture = try BaseFixture(name, symbols: symbols)
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "--emit", "dtb,dtbo,dts", "-o", "out")
    #expect(result.status == 0, "\(result.errors)")
    let expected = fixture.directory + "/expected"
    Golden.expect(result.text + result.errors, matches: expected + "/summary.txt")
    Golden.expect(
      String(decoding: try fixture.bytes("out/guest.dts"), as: UTF8.self),
      matches: expected + "/guest.dts")
    Golden.expect(
      try fixture.run("show", "--plain", "out/guest.dtbo").text,
      matches: expected + "/overlay.dts")
    let sums = try Tool("sha256sum", package: "coreutils").run(
      ["guest.dtb", "guest.dtbo"], directory: fixture.scratch.path + "/out")
    Golden.expect(sums.text, matches: expected + "/digests.txt")
  }

  @Test(
    "makes an overlay with which libfdt makes the same tree",
    arguments: [("on-a-dump", false), ("with-labels", true)])
  func overlay(name: String, symbols: Bool) throws {
    let fixture = try BaseFixture(name, symbols: symbols)
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "--emit", "dtb,dtbo", "--symbols", "-o",
      "out")
    #expect(result.status == 0, "\(result.errors)")
    let merged = try fixture.bytes("out/guest.dtb")
    let overlay = try fixture.bytes("out/guest.dtbo")
    for bytes in [merged, overlay] {
      #expect(LibFDTReader.check(bytes) == 0)
      #expect(try LibFDTReader(bytes).disagreement(with: FlattenedTree(bytes)) == nil)
    }
    let applied = try #require(
      try FDTOverlay.apply([overlay], to: fixture.bytes("base.dtb")))
    // Both trees name the pool; they may number it otherwise.
    #expect(try Self.pools(merged) == Self.pools(applied))
    #expect(try Self.pools(merged).count == 2)
    let wanted = Tree(try FlattenedTree(merged))
    let differences = wanted.difference(to: Tree(try FlattenedTree(applied))).filter {
      $0.property != "memory-region" && $0.node != "/__symbols__"
    }
    #expect(differences.isEmpty, "\(differences)")
  }

  /// The devices with a pool, and the path of the pool.
  private static func pools(_ bytes: [UInt8]) throws -> [String: String] {
    let tree = try FlattenedTree(bytes)
    var pools: [String: String] = [:]
    for node in tree.nodes {
      guard let phandle = node.property("memory-region")?.u32 else { continue }
      pools[node.path] = tree.nodes.first { $0.property("phandle")?.u32 == phandle }?.path
    }
    return pools
  }

  @Test("says in JSON what was found where, and what the overlay goes over")
  func json() throws {
    let fixture = try BaseFixture("with-labels", symbols: true)
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "--emit", "dtbo", "--format", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    let machine = try #require((document["virtualMachines"] as? [[String: Any]])?.first)
    let base = try #require(machine["base"] as? [String: Any])
    #expect(base["file"] as? String == "base.dtb")
    let matches = try #require(base["matches"] as? [[String: String]])
    #expect(
      matches.contains([
        "node": "/virtio@a000000", "base": "/virtio-device@a000000", "by": "address",
      ]))
    #expect(
      matches.contains([
        "node": "/psci", "base": "/firmware-interface", "by": "role (the firmware's interface)",
      ]))
    #expect(
      (base["added"] as? [String])?.sorted() == [
        "/reserved-memory", "/virtio@a000200", "/watchdog@f000000",
      ])
    let overlay = try #require(machine["overlay"] as? [String: Any])
    #expect(overlay["fitsOneBase"] as? Bool == false)
    let fragments = try #require(overlay["fragments"] as? [[String: String]])
    #expect(fragments.contains(["target": "/virtio-device@a000000", "label": "slot0"]))
  }

  @Test(
    "refuses a base that the description doesn't go with, at the line",
    arguments: ["other-cells", "other-device", "two-nodes-fit", "taken-label"])
  func conflicts(name: String) throws {
    let fixture = try BaseFixture(name, symbols: name == "taken-label")
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "--emit", "dtb,dtbo", "-o", "out", "-q")
    Golden.expect(result.errors, matches: fixture.directory + "/expected.txt")
    #expect(result.status == 1)
    #expect(!FileManager.default.fileExists(atPath: fixture.scratch.path + "/out"))
  }

  @Test("refuses an overlay as a base, and an overlay over nothing")
  func inputs() throws {
    let overlay = try BaseFixture("overlay-as-base")
    let base = try overlay.run("build", "platform.swift", "--base", "base.dtb")
    Golden.expect(base.errors, matches: overlay.directory + "/expected.txt")
    #expect(base.status == 65)
    let writtenOut = try BaseFixture("nothing-to-lay-it-over")
    let nothing = try writtenOut.run("build", "platform.swift", "--emit", "dtbo")
    Golden.expect(nothing.errors, matches: writtenOut.directory + "/expected.txt")
    #expect(nothing.status == 64)
  }

  @Test("writes labels that other overlays can use")
  func symbols() throws {
    let fixture = try BaseFixture("on-a-dump")
    func build(_ more: String...) throws -> FlattenedTree {
      let result = try Command.run(["build", "platform.swift", "-q"] + more, in: fixture.scratch)
      #expect(result.status == 0, "\(result.errors)")
      return try FlattenedTree(fixture.bytes("guest.dtb"))
    }
    #expect(try build().node(at: "/__symbols__") == nil)
    let tree = try build("--symbols")
    let symbols = try #require(tree.node(at: "/__symbols__"))
    #expect(symbols.property("disk")?.string == "/virtio_mmio@a000000")
    #expect(symbols.property("bounce")?.string == "/reserved-memory/bounce@5f000000")
    let patch = try DTC.compile(
      "/dts-v1/; /plugin/; &disk { marked; }; &{/} { user { pool = <&bounce>; }; };",
      options: ["-@"])
    let applied = try #require(try FDTOverlay.apply([patch.bytes], to: tree.bytes))
    let result = try FlattenedTree(applied)
    #expect(result.node(at: "/virtio_mmio@a000000")?.has("marked") == true)
    #expect(
      result.node(at: "/user")?.property("pool")?.u32
        == result.node(at: "/reserved-memory/bounce@5f000000")?.property("phandle")?.u32)
  }

  @Test("takes a base for each of several machines")
  func severalMachines() throws {
    let fixture = try BaseFixture("on-a-dump")
    try fixture.scratch.write(
      Array(
        """
        import PlatformDescription
        let platform = Platform("p") {
          for name in ["one", "two"] {
            VirtualMachine(name, on: .qemuVirt(gic: .v3), cpus: 2, memory: .gib(1)) {
              VirtioMMIO(.block)
            }
          }
        }
        """.utf8), to: "platform.swift")
    func build(_ arguments: String...) throws -> Tool.Result {
      try Command.run(["build", "platform.swift", "-o", "out"] + arguments, in: fixture.scratch)
    }
    let unnamed = try build("--base", "base.dtb")
    #expect(unnamed.status == 64)
    #expect(unnamed.errors.contains("say whose base it is, as in --base one=base.dtb"))
    #expect(try build("--base", "three=base.dtb").errors.contains("'three'; there is one, two"))
    #expect(try build("--base", "one=").status == 64)
    #expect(try build("--base", "one=base.dtb", "--base", "one=base.dtb").status == 64)
    #expect(try build("--base", "one=base.dtb", "--vm", "two").status == 64)
    #expect(try build("--base", "nowhere.dtb", "--vm", "two").status == 66)
    #expect(try build("--base", "one=base.dtb").status == 0)
    let one = try FlattenedTree(fixture.bytes("out/one.dtb"))
    let two = try FlattenedTree(fixture.bytes("out/two.dtb"))
    #expect(one.node(at: "/platform-bus@c000000") != nil)
    #expect(two.node(at: "/platform-bus@c000000") == nil)
    // What is read is not written over.
    #expect(
      try build("--base", "one=out/one.dtb", "--base", "two=base.dtb").errors.contains(
        "out/one.dtb: would replace an input"))
  }

  @Test("warns of a device of the base that nobody describes")
  func stranger() throws {
    let fixture = try BaseFixture("with-labels", symbols: true)
    let source = try String(
      contentsOfFile: Repository.root + "/" + fixture.directory + "/base.dts", encoding: .utf8)
    let more = source.replacing(
      "\tslot0:",
      with: """
        \tvirtio-device@a000400 {
        \t\tcompatible = "virtio,mmio";
        \t\treg = <0x0 0xa000400 0x0 0x200>;
        \t\tinterrupts = <0 18 1>;
        \t\tdma-coherent;
        \t};

        \tslot0:
        """)
    try fixture.scratch.write(DTC.compile(more, options: ["-@"]).bytes, to: "base.dtb")
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "--fail-on", "warning")
    #expect(result.status == 1)
    #expect(
      result.errors.contains(
        "base.dtb: /virtio-device@a000400: warning: the base has a virtio device here that is not "
          + "described, and nothing confines it [description/base-device]"), "\(result.errors)")
  }

  @Test("warns where the base says otherwise what only the VMM can know")
  func replaced() throws {
    let fixture = try BaseFixture("on-a-dump")
    let source = try String(
      contentsOfFile: fixture.scratch.path + "/platform.swift", encoding: .utf8)
    try fixture.scratch.write(
      Array(source.replacing("memory: .gib(1)", with: "memory: .gib(2)").utf8),
      to: "platform.swift")
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "--emit", "dtbo")
    #expect(result.status == 0)
    #expect(result.errors.contains("[description/base-replaced]"))
    #expect(result.errors.contains("in the base <0x0 0x40000000 0x0 0x40000000>"))
  }

  @Test("takes away what the description says is not there, and states its boot CPU")
  func omitted() throws {
    let fixture = try BaseFixture("with-labels", symbols: true)
    let base = try FlattenedTree(fixture.bytes("base.dtb"))
    #expect(base.node(at: "/virtio-device@a000000")?.has("dma-coherent") == true)
    #expect(base.node(at: "/arch-timer")?.has("always-on") == true)
    let source = try String(
      contentsOfFile: fixture.scratch.path + "/platform.swift", encoding: .utf8)
    let other =
      source
      .replacing(
        ".spi(16, .edgeRising), memoryRegion: bounce)",
        with: ".spi(16, .edgeRising), memoryRegion: bounce).nonCoherent()"
      )
      .replacing("ArchTimer()", with: "ArchTimer().omitting(\"always-on\")")
    let end = try #require(other.range(of: "  }\n}", options: .backwards))
    try fixture.scratch.write(
      Array(other.replacingCharacters(in: end, with: "  }.bootCPU(1)\n}").utf8),
      to: "platform.swift")
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "-o", "out", "--fail-on", "never")
    #expect(result.status == 0, "\(result.errors)")
    let tree = try FlattenedTree(fixture.bytes("out/guest.dtb"))
    #expect(tree.header.bootCPU == 1)
    #expect(tree.node(at: "/virtio-device@a000000")?.has("dma-coherent") == false)
    #expect(tree.node(at: "/arch-timer")?.has("always-on") == false)
    #expect(tree.node(at: "/arch-timer")?.has("interrupts") == true)
    let overlay = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "--emit", "dtbo", "--fail-on", "error")
    #expect(overlay.status == 1)
    let kept = overlay.errors.split(separator: "\n").filter {
      $0.contains("[description/overlay-keeps]")
    }
    #expect(kept.count == 2, "\(overlay.errors)")
    #expect(overlay.errors.contains("the boot CPU stands ahead of those, in the tree itself"))
  }

  @Test("says so where the base disables what is described")
  func disabled() throws {
    let fixture = try BaseFixture("with-labels", symbols: true)
    let source = try String(
      contentsOfFile: Repository.root + "/" + fixture.directory + "/base.dts", encoding: .utf8)
    let off = source.replacing(
      "reg = <0x0 0xa000000 0x0 0x200>;",
      with: "reg = <0x0 0xa000000 0x0 0x200>; status = \"disabled\";")
    try fixture.scratch.write(DTC.compile(off, options: ["-@"]).bytes, to: "base.dtb")
    let result = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "--fail-on", "warning")
    #expect(result.status == 1)
    #expect(result.errors.contains("[description/base-disables]"), "\(result.errors)")
    #expect(result.errors.contains("status is disabled"))
  }

  @Test("says at the line what no overlay can carry")
  func reservation() throws {
    let fixture = try BaseFixture("with-labels", symbols: true)
    try fixture.scratch.write(
      Array(
        """
        import PlatformDescription
        let platform = Platform("p") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            MemoryReservation(at: 0x4800_0000, size: .kib(4))
          }
        }
        """.utf8), to: "platform.swift")
    let result = try fixture.run("build", "platform.swift", "-q", "--emit", "dtbo")
    #expect(result.status == 1)
    #expect(
      result.errors.contains("platform.swift:4:5: error: an overlay is nodes and properties"),
      "\(result.errors)")
  }

  @Test("says where an overlay fits one base alone, renumbers, and is of no use")
  func overlayFindings() throws {
    let fixture = try BaseFixture("with-labels", symbols: false)
    let numbered = try fixture.run(
      "build", "platform.swift", "--base", "base.dtb", "-q", "--emit", "dtbo")
    #expect(numbered.status == 0)
    #expect(
      numbered.errors.contains(
        "refers to /gic@8000000 by its phandle in base.dtb: the overlay fits this base alone "
          + "[description/overlay-fits-one-base]"), "\(numbered.errors)")
    try fixture.scratch.write(
      Array(
        """
        import PlatformDescription
        let platform = Platform("p") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            Node("first") { Property("phandle", 1) }
          }
          VirtualMachine("other", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1))
        }
        """.utf8), to: "platform.swift")
    let both = try fixture.run("build", "platform.swift", "-q", "--emit", "dtbo")
    #expect(both.status == 0, "\(both.errors)")
    #expect(both.errors.contains("[description/overlay-renumbers]"))
    #expect(both.errors.contains("the overlay is empty [description/overlay-empty]"))
    #expect(try FlattenedTree(fixture.bytes("other.dtbo")).nodeCount == 1)
  }

  @Test("leads findings about what only the base has to the base")
  func baseFindings() throws {
    let fixture = try BaseFixture("on-a-dump")
    let source = try String(
      contentsOfFile: Repository.root + "/" + fixture.directory + "/base.dts", encoding: .utf8)
    let broken = source.replacing(
      "reg = <0x00 0xa000600 0x00 0x200>;", with: "reg = <0x00 0xa000500 0x00 0x200>;")
    try fixture.scratch.write(DTC.compile(broken, options: ["-f"]).bytes, to: "base.dtb")
    let result = try fixture.run("build", "platform.swift", "--base", "base.dtb", "-q")
    #expect(result.errors.contains("base.dtb: /virtio_mmio@a000600"), "\(result.errors)")
  }
}
