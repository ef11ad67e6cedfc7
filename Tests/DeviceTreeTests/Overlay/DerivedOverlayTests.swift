import DTGenTestSupport
import DeviceTree
import Testing

@Suite("the overlay between two trees", .requires(.dtc), .requires(.fdtoverlay))
struct DerivedOverlayTests {
  /// Lays the overlay over the base with both implementations, and compares with what was wanted.
  private func check(
    _ base: [UInt8], _ wanted: Tree, _ references: [TreeReference] = [],
    symbols: [(label: String, path: String)] = []
  ) throws -> DerivedOverlay {
    let overlay = DerivedOverlay(
      from: Tree(try FlattenedTree(base)), to: wanted, references: references, symbols: symbols)
    checkForm(of: overlay)
    let bytes = try overlay.tree.flattened()
    #expect(LibFDTReader.check(bytes) == 0)
    let theirs = Tree(try FlattenedTree(#require(try FDTOverlay.apply([bytes], to: base))))
    var application = try OverlayApplication(base: FlattenedTree(base))
    try application.apply(FlattenedTree(bytes))
    #expect(Tree(try application.result().tree).sorted == theirs.sorted)
    var result = theirs
    var expected = wanted
    result.root.children.removeAll { $0.name == "__symbols__" }
    expected.root.children.removeAll { $0.name == "__symbols__" }
    let difference = expected.difference(to: result, references: references)
      .filter { !overlay.unremovable.contains($0.reversed) }
    #expect(difference.isEmpty, "\(difference)")
    return overlay
  }

  /// What crosvm's own application wants besides: it skips fragments with a bare number for a target,
  /// takes one label for a node, and refuses labels of a fragment's target.
  ///
  /// **Source:** crosvm `cros_fdt/src/overlay.rs`, `overlay_fragment`, `apply_external_fixups`,
  /// `extract_fragment_and_subpath`.
  private func checkForm(of overlay: DerivedOverlay) {
    func node(_ name: String) -> Node? { overlay.tree.root.children.first { $0.name == name } }
    let places = (node("__fixups__")?.properties ?? []).flatMap { property in
      property.value.bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(overlay.tree.root.properties.isEmpty)
    for (index, fragment) in overlay.fragments.enumerated() {
      let name = "fragment@\(index)"
      if fragment.label == nil {
        #expect(node(name)?["target-path"] == .string(fragment.target))
        #expect(node(name)?["target"] == nil)
      } else {
        #expect(node(name)?["target"] == .u32(.max))
        #expect(places.filter { $0 == "/\(name):target:0" }.count == 1)
      }
      #expect(node(name)?.children.map(\.name) == ["__overlay__"])
    }
    #expect(
      Set(overlay.fragments.compactMap(\.label)).count
        == overlay.fragments.count { $0.label != nil })
    for symbol in node("__symbols__")?.properties ?? [] {
      #expect(symbol.value.text?.split(separator: "/").count ?? 0 > 2)
    }
  }

  private func board(symbols: Bool) throws -> [UInt8] {
    try DTC.compile(OverlayCase.board, options: symbols ? ["-@"] : []).bytes
  }

  private func reference(_ node: String, _ offset: Int, _ target: String) -> TreeReference {
    TreeReference(
      node: node, property: "links", offset: offset, kind: .phandle, target: target)
  }

  @Test("names every kind of node that can be referred to", arguments: [true, false])
  func references(symbols: Bool) throws {
    let base = try board(symbols: symbols)
    var wanted = Tree(try FlattenedTree(base))
    let gic = try #require(
      wanted.root.children.first { $0.name.hasPrefix("interrupt-controller") }?["phandle"])
    // A new node, a node with a label or a number, and one with neither.
    let chosen = try #require(wanted.root.children.firstIndex { $0.name == "chosen" })
    wanted.root.children[chosen]["phandle"] = .u32(0x51)
    wanted.root.children.append(Node("new", properties: [Property("phandle", .u32(0x50))]))
    wanted.root.children.append(
      Node(
        "user",
        properties: [
          Property(
            "links",
            PropertyValue(
              bytes: PropertyValue.cells([7, 0x50]).bytes + gic.bytes
                + PropertyValue.cells([0x51, 0x50]).bytes))
        ]))
    let overlay = try check(
      base, wanted,
      [
        reference("/user", 4, "/new"),
        reference("/user", 8, "/interrupt-controller@8000000"),
        reference("/user", 12, "/chosen"), reference("/user", 16, "/new"),
      ], symbols: [("fresh", "/new"), ("old", "/chosen")])
    #expect(overlay.fragments.map(\.target) == ["/", "/chosen"])
    #expect(overlay.numbered.count == (symbols ? 0 : 1))
    let names = overlay.tree.root.children.map(\.name)
    #expect(
      names == ["fragment@0", "fragment@1", "__symbols__"]
        + (symbols ? ["__fixups__"] : []) + ["__local_fixups__"])
    #expect(
      overlay.tree.path(ofSymbol: "fresh") == "/fragment@0/__overlay__/new")
    #expect(overlay.tree.path(ofSymbol: "old") == nil)
  }

  @Test("changes what has changed, in a fragment for each node of the base")
  func changes() throws {
    let base = try board(symbols: true)
    var wanted = Tree(try FlattenedTree(base))
    wanted.root["model"] = .string("other")
    let soc = try #require(wanted.root.children.firstIndex { $0.name == "soc" })
    wanted.root.children[soc].children[0]["status"] = .string("okay")
    wanted.root.children[soc].children[0].children.append(Node("port"))
    wanted.root.children[soc].children[2]["dma-coherent"] = .empty
    let overlay = try check(base, wanted)
    #expect(
      overlay.fragments == [
        .init(target: "/", label: nil), .init(target: "/soc/serial@9000000", label: "uart"),
        .init(target: "/soc/virtio@a000200", label: nil),
      ])
  }

  @Test("says what it can't take away")
  func removal() throws {
    let base = try board(symbols: false)
    var wanted = Tree(try FlattenedTree(base))
    wanted.root.children.removeAll { $0.name == "chosen" }
    let soc = try #require(wanted.root.children.firstIndex { $0.name == "soc" })
    wanted.root.children[soc].children[0]["status"] = nil
    let overlay = try check(base, wanted)
    #expect(
      overlay.unremovable == [
        TreeDifference(.nodeRemoved, node: "/chosen"),
        TreeDifference(.propertyRemoved, node: "/soc/serial@9000000", property: "status"),
      ])
    #expect(overlay.fragments.isEmpty)
  }

  @Test("confines a device of QEMU's riscv64 machine", .requires(.qemuRISCV))
  func riscv() throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/virt.dtb"
    let run = try Tool.qemuRISCV.run(["-M", "virt,dumpdtb=\(file)", "-nographic", "-net", "none"])
    let base = try #require(scratch.read("virt.dtb"), "\(run.errors)")
    var wanted = Tree(try FlattenedTree(base))
    let soc = try #require(wanted.root.children.firstIndex { $0.name == "soc" })
    let slot = try #require(
      wanted.root.children[soc].children.firstIndex { $0.name == "virtio_mmio@10001000" })
    let plic = try #require(
      wanted.root.children[soc].children.first { $0.name.hasPrefix("plic@") })
    wanted.root.children[soc].children[slot]["memory-region"] = .u32(0x4000)
    wanted.root.children.append(
      Node(
        "reserved-memory",
        properties: [
          Property("#address-cells", .u32(2)), Property("#size-cells", .u32(2)),
          Property("ranges", .empty),
        ],
        children: [
          Node(
            "bounce", at: 0x8400_0000,
            properties: [
              Property("compatible", .string("restricted-dma-pool")),
              Property("reg", .cells([0, 0x8400_0000, 0, 0x40_0000])),
              Property("phandle", .u32(0x4000)),
            ])
        ]))
    wanted.root.children.append(
      Node("user", properties: [Property("links", try #require(plic["phandle"]))]))
    let device = "/soc/virtio_mmio@10001000"
    let overlay = try check(
      base, wanted,
      [
        TreeReference(
          node: device, property: "memory-region", offset: 0, kind: .phandle,
          target: "/reserved-memory/bounce@84000000"),
        reference("/user", 0, "/soc/" + plic.name),
      ])
    #expect(overlay.fragments.map(\.target) == ["/", device])
    #expect(overlay.numbered.map(\.target) == ["/soc/" + plic.name])
  }

  @Test("is empty between trees that mean the same")
  func nothing() throws {
    let base = try board(symbols: true)
    let overlay = try check(base, Tree(try FlattenedTree(base)))
    #expect(overlay.tree == Tree())
  }

  @Test("of a tree with labels is what dtc -@ would write")
  func symbols() throws {
    var tree = Tree(try FlattenedTree(try board(symbols: false)))
    let labels = [
      "gic": "/interrupt-controller@8000000", "clk": "/clock", "soc": "/soc",
      "uart": "/soc/serial@9000000", "disk": "/soc/virtio@a000000",
    ]
    tree = tree.adding(symbols: labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let theirs = Tree(try FlattenedTree(try board(symbols: true)))
    let mine = try #require(tree.root.children.last)
    let dtcs = try #require(theirs.root.children.last)
    #expect(mine.name == "__symbols__" && dtcs.name == "__symbols__")
    #expect(Set(mine.properties) == Set(dtcs.properties))
    // What has a label can be referred to.
    for path in labels.values {
      let node = try FlattenedTree(tree.flattened()).node(at: path)
      #expect(node?.property("phandle")?.u32 != nil)
    }
    // Labels that are there stay.
    let again = tree.adding(symbols: [("gic", "/soc"), ("more", "/chosen")])
    #expect(again.path(ofSymbol: "gic") == "/interrupt-controller@8000000")
    #expect(again.path(ofSymbol: "more") == "/chosen")
  }
}

extension TreeDifference {
  /// The same, seen from the other tree.
  fileprivate var reversed: TreeDifference {
    switch kind {
    case .nodeAdded: TreeDifference(.nodeRemoved, node: node)
    case .nodeRemoved: TreeDifference(.nodeAdded, node: node)
    case .propertyAdded: TreeDifference(.propertyRemoved, node: node, property: property)
    case .propertyRemoved: TreeDifference(.propertyAdded, node: node, property: property)
    default: self
    }
  }
}
