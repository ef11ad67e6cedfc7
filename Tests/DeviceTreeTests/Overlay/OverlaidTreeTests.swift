import DTGenTestSupport
import DeviceTree
import Testing

@Suite("a base with overlays", .requires(.dtc))
struct OverlaidTreeTests {
  private let base: [UInt8]

  init() throws { base = try DTC.compile(OverlayCase.board, options: ["-@"]).bytes }

  private func overlay(_ text: String) throws -> [UInt8] {
    try DTC.compile("/dts-v1/; /plugin/;\n" + text, options: ["-@", "-f"]).bytes
  }

  private func apply(_ overlays: [UInt8]...) throws -> OverlaidTree {
    var application = try OverlayApplication(base: FlattenedTree(base))
    for overlay in overlays { try application.apply(FlattenedTree(overlay)) }
    return try application.result()
  }

  @Test("knows the file and the byte that each part comes from")
  func origins() throws {
    let result = try apply(
      overlay("&soc { new@1 { reg = <1 1>; }; };\n&uart { status = \"okay\"; };"),
      overlay("&disk { dma-coherent; };"))
    var seen = [0, 0, 0]
    for node in result.tree.nodes {
      let origin = try #require(result.origin(of: node))
      seen[origin.source] += 1
      if node.index > 0 { #expect(origin.node.name == node.name) }
      #expect(origin.node.tree === result.sources[origin.source])
    }
    // The nodes of the second overlay are there already.
    #expect(seen[1] == 1 && seen[2] == 0)
    let soc = try #require(result.tree.node(at: "/soc"))
    let status = try #require(soc.child("serial@9000000")?.property("status"))
    let origin = try #require(result.origin(of: status))
    #expect(origin.source == 1)
    #expect(origin.property.string == "okay")
    let bytes = result.sources[1].bytes[origin.property.byteRange]
    #expect(bytes.elementsEqual("okay\0".utf8))
    let coherent = try #require(soc.child("virtio@a000000")?.property("dma-coherent"))
    #expect(result.origin(of: coherent)?.source == 2)
    let reg = try #require(soc.child("virtio@a000000")?.property("reg"))
    #expect(result.origin(of: reg)?.source == 0)
    // Nodes of another tree come from nowhere.
    #expect(result.origin(of: result.sources[0].root) == nil)
  }

  @Test("keeps the phandle of a node that an overlay would number anew")
  func keptPhandles() throws {
    // dtc numbers the node because the overlay refers to it; libfdt before 1.7.1 then took the
    // number, and what referred to the node in the base referred to nothing.
    let patch = try overlay(
      """
      &{/soc} { again: serial@9000000 { more; }; };
      &{/} { user { links = <&again &clk>; }; };
      """)
    var sharing = OverlayCase.board
    sharing += "\n/ { stays { link = <&uart>; }; };"
    var application = try OverlayApplication(
      base: FlattenedTree(DTC.compile(sharing, options: ["-@"]).bytes))
    try application.apply(FlattenedTree(patch))
    let tree = try application.result().tree
    let uart = try #require(tree.node(at: "/soc/serial@9000000")?.property("phandle")?.u32)
    #expect(tree.node(at: "/stays")?.property("link")?.u32 == uart)
    #expect(tree.node(at: "/user")?.property("links")?.cell(0) == uart)
    #expect(
      tree.node(at: "/user")?.property("links")?.cell(1)
        == tree.node(at: "/clock")?.property("phandle")?.u32)
  }

  @Test("gives a label on a fragment's own target the path of the target")
  func labelOfTarget() throws {
    // libfdt puts a slash behind it.
    let patch = try overlay(
      """
      / {
        fragment@0 { target-path = "/chosen"; __overlay__ { here; }; };
        __symbols__ { named = "/fragment@0/__overlay__"; };
      };
      """)
    let symbols = try #require(apply(patch).tree.node(at: "/__symbols__"))
    #expect(symbols.property("named")?.string == "/chosen")
  }

  @Test("is refused where an overlay is the base, or a whole tree the overlay")
  func wrongWayRound() throws {
    let patch = try FlattenedTree(overlay("&uart { here; };"))
    #expect(throws: DeviceTreeError(.overlayAsBase, "")) { try OverlayApplication(base: patch) }
    #expect(throws: DeviceTreeError(.notAnOverlay, "")) {
      var application = try OverlayApplication(base: FlattenedTree(base))
      try application.apply(FlattenedTree(base))
    }
  }

  @Test("is refused where a name could be several nodes")
  func ambiguous() throws {
    let patch = try FlattenedTree(overlay("&soc { virtio { here; }; };"))
    var application = try OverlayApplication(base: FlattenedTree(base))
    do throws(DeviceTreeError) {
      try application.apply(patch)
      Issue.record("is taken")
    } catch {
      #expect(error.code == .badOverlay)
      #expect(error.message.contains("several nodes of /soc are called 'virtio'"))
    }
  }

  @Test("can't become deeper than can be written")
  func depth() throws {
    var text = "leaf;"
    for level in 0..<60 { text = "n\(level) { \(text) };" }
    var application = try OverlayApplication(base: FlattenedTree(base))
    let patch = try FlattenedTree(overlay("&{/soc/serial@9000000} { \(text) };"))
    try application.apply(patch)
    let once = try application.result()
    #expect(once.tree.nodeCount > 60)
    let deeper = try FlattenedTree(
      overlay(
        "/ { fragment@0 { target-path = \"/soc/serial@9000000"
          + (0..<60).reversed().map { "/n\($0)" }.joined()
          + "\"; __overlay__ { a { b { c { d { }; }; }; }; }; }; };"))
    try application.apply(deeper)
    #expect(throws: DeviceTreeError(.limitExceeded, "")) { try application.result() }
  }

  @Test("doesn't let short labels become paths without end")
  func manyLabels() throws {
    // 200,000 labels of a node whose path has 16 KB would make 3 GB.
    let names = (0..<60).map { "\($0)" + String(repeating: "x", count: 250) }
    var base = Node("")
    for name in names.reversed() { base = Node(name, children: base.name.isEmpty ? [] : [base]) }
    let root = Tree(root: Node("", children: [base]))
    let path = "/" + names.joined(separator: "/")
    let symbols = (0..<20_000).map { Property("l\($0)", .string("/f/__overlay__/x")) }
    let patch = Tree(
      root: Node(
        "",
        children: [
          Node(
            "f", properties: [Property("target-path", .string(path))],
            children: [Node("__overlay__")]),
          Node("__symbols__", properties: symbols),
        ]))
    var application = try OverlayApplication(base: FlattenedTree(root.flattened()))
    #expect(throws: DeviceTreeError(.limitExceeded, "")) {
      try application.apply(FlattenedTree(patch.flattened()))
    }
  }

  @Test("or an error comes of any bytes, and never a trap")
  func mutations() throws {
    let patches = try OverlayCase.good.prefix(14).flatMap { test in
      try test.overlays.prefix(1).map { try DTC.compile($0, options: ["-@", "-f"]).bytes }
    }
    let tree = try FlattenedTree(base)
    var random = SplitMix(state: 7)
    var applied = 0
    for round in 0..<4000 {
      var bytes = patches[round % patches.count]
      for _ in 0..<(1 + round % 4) {
        let position = Int(random.next() % UInt64(bytes.count))
        bytes[position] = UInt8(truncatingIfNeeded: random.next())
      }
      guard let overlay = try? FlattenedTree(bytes) else { continue }
      do throws(DeviceTreeError) {
        var application = try OverlayApplication(base: tree)
        try application.apply(overlay)
        _ = try application.result()
        applied += 1
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
    #expect(applied > 100)
  }
}

/// Numbers that look random and are the same in every run.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
