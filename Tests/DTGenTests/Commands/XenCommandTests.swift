import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

/// What the command tells Xen of memory that machines share.
@Suite("dtgen build --emit xen", .requiresDistribution)
struct XenCommandTests {
  /// The tree that Xen boots with, as far as it matters.
  private static func host(_ domains: String..., cells: Int = 2) -> String {
    """
    /dts-v1/;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      chosen {
        \(domains.map { name in
          """
          \(name) {
            compatible = "xen,domain";
            #address-cells = <\(cells)>;
            #size-cells = <\(cells)>;
            module@48000000 {
              compatible = "multiboot,kernel", "multiboot,module";
              reg = <\(cells == 2 ? "0 0x48000000 0 0x800000" : "0x48000000 0x800000")>;
            };
          };
          """
        }.joined(separator: "\n"))
      };
    };
    """
  }

  private static let map = """
    { machines: [
      { tree: "app.dtb", memory: [{ guest: "0x40000000", host: "0x80000000", size: "0x10000000" }] },
      { tree: "log.dtb", memory: [
        { guest: "0x40000000", host: "0x90000000", size: "0xc000000" },
        { guest: "0x4c000000", host: "0x8c000000", size: "0x100000" },
        { guest: "0x4c100000", host: "0xa0000000", size: "0x3f00000" },
      ] },
    ] }
    """

  private func build(
    _ arguments: [String], fixture: String = "xen-domains", in scratch: ScratchDirectory
  ) throws -> Tool.Result {
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    return try Command.run(
      ["build", source, "-o", "out", "-q", "--emit", "xen"] + arguments, in: scratch)
  }

  /// The rules that find something about Xen in `host` under the overlay.
  private func findings(_ host: String, in scratch: ScratchDirectory) throws -> [String] {
    _ = try scratch.write(DTC.compile(host).bytes, to: "host.dtb")
    let applied = try Tool("fdtoverlay", package: "device-tree-compiler").run(
      ["-i", "host.dtb", "-o", "xen.dtb", "out/xen-domains-xen.dtbo"], directory: scratch.path)
    #expect(applied.status == 0, "\(applied.errors)")
    let linted = try Command.run(["lint", "--format", "json", "xen.dtb"], in: scratch)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(linted.output)) as? [String: Any])
    let files = try #require(document["files"] as? [[String: Any]])
    return files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
      .compactMap { $0["rule"] as? String }.filter { $0.hasPrefix("shared/") }
  }

  private func extents(in scratch: ScratchDirectory) throws -> [[UInt32]] {
    let bytes = try #require(scratch.read("xen.dtb"))
    let tree = try FlattenedTree(bytes)
    return try ["app", "log"].map { domain in
      let node = try #require(tree.node(at: "/chosen/\(domain)/messages-shared-mem"))
      let property = try #require(node.property("xen,shared-mem"))
      return (0..<property.cellCount).compactMap { property.cell($0) }
    }
  }

  @Test(
    "writes an overlay that goes onto Xen's tree, and that the rules have nothing to say of",
    .requires(.dtc))
  func overlay() throws {
    let scratch = try ScratchDirectory()
    let result = try build([], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try findings(Self.host("app", "log"), in: scratch) == [])
    let chosenByXen: [UInt32] = [0, 0x4c00_0000, 0, 0x10_0000]
    #expect(try extents(in: scratch) == [chosenByXen, chosenByXen])
    // What was written is written again.
    #expect(try build([], in: scratch).status == 0)
  }

  @Test("says where the host has the memory, where it is told", .requires(.dtc))
  func hostMap() throws {
    let scratch = try ScratchDirectory()
    _ = try scratch.write(Array(Self.map.utf8), to: "map.json5")
    let result = try build(["--host-map", "map.json5"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try findings(Self.host("app", "log"), in: scratch) == [])
    let extent: [UInt32] = [0, 0x8c00_0000, 0, 0x4c00_0000, 0, 0x10_0000]
    #expect(try extents(in: scratch) == [extent, extent])
  }

  @Test(
    "is refused by a tree without the domain, and its result by the rules where cells differ",
    .requires(.dtc))
  func otherTrees() throws {
    let scratch = try ScratchDirectory()
    #expect(try build([], in: scratch).status == 0)
    let malformed = ["shared/xen-share-malformed", "shared/xen-share-malformed"]
    #expect(try findings(Self.host("app", "log", cells: 1), in: scratch) == malformed)
    _ = try scratch.write(DTC.compile(Self.host("app", "domU2")).bytes, to: "other.dtb")
    let applied = try Tool("fdtoverlay", package: "device-tree-compiler").run(
      ["-i", "other.dtb", "-o", "never.dtb", "out/xen-domains-xen.dtbo"], directory: scratch.path)
    #expect(applied.status != 0)
  }

  @Test("refuses a map in which the machines have different memory, or none")
  func wrongMaps() throws {
    let scratch = try ScratchDirectory()
    for (host, words) in [
      ("0x8d000000", "is not the same memory of the host in 'app' and 'log'"),
      ("", "has no one piece of memory behind 'messages' of 'log'"),
    ] {
      var map = Self.map
      let entry = "{ guest: \"0x4c000000\", host: \"0x8c000000\", size: \"0x100000\" },"
      map = map.replacingOccurrences(
        of: entry,
        with: host.isEmpty ? "" : entry.replacingOccurrences(of: "0x8c000000", with: host))
      _ = try scratch.write(Array(map.utf8), to: "map.json5")
      let result = try build(["--host-map", "map.json5"], in: scratch)
      #expect(result.status == 78, "\(result.errors)")
      #expect(result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test("refuses a map that gives one machine's memory to another, or is off Xen's pages")
  func unsoundMaps() throws {
    let scratch = try ScratchDirectory()
    func written(_ host: String, hypervisor: String) throws {
      let memory = """
        [{ guest: "0x40000000", host: "\(host)", size: "0x20000000" }]
        """
      let map = """
        {
          hypervisor: [{ name: "xen", host: "\(hypervisor)", size: "0x200000" }],
          machines: [{ tree: "app.dtb", memory: \(memory) }, { tree: "log.dtb", memory: \(memory) }],
        }
        """
      _ = try scratch.write(Array(map.utf8), to: "map.json5")
    }
    try written("0x80000000", hypervisor: "0x80000000")
    let taken = try build(["--host-map", "map.json5"], in: scratch)
    #expect(taken.status == 1, "\(taken.text)")
    #expect(taken.errors.contains("[shared/host-range-taken]"))
    #expect(taken.errors.contains("[shared/host-range-of-hypervisor]"))
    try written("0x80000800", hypervisor: "0x200000")
    let misaligned = try build(["--host-map", "map.json5"], in: scratch)
    #expect(misaligned.status == 78)
    #expect(misaligned.errors.contains("no page of Xen's"), "\(misaligned.errors)")
  }

  @Test("needs memory that is shared, and a map needs it")
  func usage() throws {
    let scratch = try ScratchDirectory()
    let alone = try build([], fixture: "protected-guest", in: scratch)
    #expect(alone.status == 64)
    #expect(alone.errors.contains("shares any"), "\(alone.errors)")
    let source = Repository.fixtures + "/platforms/xen-domains/platform.swift"
    let unused = try Command.run(["build", source, "--host-map", "map.json5"], in: scratch)
    #expect(unused.status == 64)
  }
}
