import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@Suite("DTS text")
struct SourceTextTests {
  private func flattened(_ tree: Tree) throws -> FlattenedTree {
    try FlattenedTree(tree.flattened())
  }

  private func text(_ root: Node, annotated: Bool = false) throws -> String {
    try flattened(Tree(root: root)).sourceText(options: SourceTextOptions(annotated: annotated))
  }

  /// What dtc reads is `expected`, except for the boot CPU, which has no spelling.
  private func expectSameTree(_ text: String, _ expected: FlattenedTree) throws -> String {
    let compiled = try DTC.compile(text)
    var tree = Tree(try FlattenedTree(compiled.bytes))
    tree.bootCPU = expected.header.bootCPU
    #expect(tree == Tree(expected))
    return compiled.warnings
  }

  @Test(
    "dtc compiles it back to the same tree", .requires(.dtc), arguments: SampleTree.accepted,
    [false, true])
  func roundTrip(sample: SampleTree, annotated: Bool) throws {
    let tree = try flattened(sample.tree)
    let text = tree.sourceText(options: SourceTextOptions(annotated: annotated))
    _ = try expectSameTree(text, tree)
  }

  @Test(
    "dtc compiles QEMU's tree back, and warns of nothing new", .requires(.dtc),
    .requires(.qemuArm), arguments: QEMUTree.all, [false, true])
  func qemu(machine: QEMUTree, annotated: Bool) throws {
    let bytes = try machine.dump()
    let tree = try FlattenedTree(bytes)
    let text = tree.sourceText(options: SourceTextOptions(annotated: annotated))
    let warnings = try expectSameTree(text, tree)
    #expect(Self.checks(warnings) == Self.checks(try DTC.decompile(bytes).warnings))
  }

  /// The warnings without their places, which are lines in one case and offsets in the other.
  private static func checks(_ warnings: String) -> [String] {
    warnings.split(separator: "\n").compactMap { line in
      line.range(of: "Warning (").map { String(line[$0.lowerBound...]) }
    }.sorted()
  }

  @Test("the text of the protected guest reads like this")
  func golden() throws {
    let tree = try flattened(SampleTree.guest.tree)
    let directory = "Tests/DeviceTreeTests/Text/Goldens"
    Golden.expect(tree.sourceText(), matches: "\(directory)/protected-guest.dts")
    Golden.expect(
      tree.sourceText(options: SourceTextOptions(annotated: true)),
      matches: "\(directory)/protected-guest-annotated.dts")
  }

  @Test("a number whose bytes look like text stays a number")
  func numbersAreNotText() throws {
    let text = try text(
      Node(
        "",
        properties: [
          Property("example,rate", .u32(1_060_000_000)),
          Property("clock-frequency", .u32(1_060_000_000)),
          Property("example,word", .string("hello")),
          Property("example,odd", PropertyValue(bytes: [0x41, 0x42, 0x43, 0x44, 0x45])),
        ]))
    #expect(text.contains("example,rate = <0x3f2e5100>;"))
    #expect(text.contains("clock-frequency = <1060000000>;"))
    #expect(text.contains("example,word = [68 65 6c 6c 6f 00];") == false)
    #expect(text.contains("example,word = \"hello\";"))
    #expect(text.contains("example,odd = [41 42 43 44 45];"))
  }

  @Test("reg is grouped by the parent's cells", arguments: 0...4, 0...3)
  func grouping(addressCells: Int, sizeCells: Int) throws {
    let stride = addressCells + sizeCells
    let value = (0..<(2 * stride)).map { UInt32($0) }
    let text = try text(
      Node(
        "",
        properties: [
          Property("#address-cells", .u32(UInt32(addressCells))),
          Property("#size-cells", .u32(UInt32(sizeCells))),
        ],
        children: [Node("dev", properties: [Property("reg", .cells(value))])]))
    let entry = { (range: Range<Int>) in
      "<" + range.map { "0x" + String($0, radix: 16) }.joined(separator: " ") + ">"
    }
    if stride == 0 {
      #expect(text.contains("\t\treg;\n"))
    } else {
      let groups = [entry(0..<stride), entry(stride..<(2 * stride))].joined(separator: ", ")
      #expect(text.contains("\t\treg = \(groups);\n"))
    }
  }

  @Test("the labels of __symbols__ are used, and others are made from names")
  func labels() throws {
    let device = Node("dev", properties: [Property("memory-region", .cells([1, 2, 3, 4]))])
    let text = try text(
      Node(
        "",
        children: [
          Node("pool", at: 1, properties: [Property("phandle", .u32(1))]),
          Node("pool", at: 2, properties: [Property("phandle", .u32(2))]),
          Node("2nd", properties: [Property("phandle", .u32(3))]),
          Node("lone", at: 3, properties: [Property("phandle", .u32(4))]),
          device,
          Node(
            "__symbols__",
            properties: [
              Property("pool_2", .string("/pool@1")), Property("also", .string("/pool@1")),
              Property("device", .string("/dev")), Property("gone", .string("/gone")),
              Property("no-label", .string("/dev")),
            ]),
        ]))
    #expect(text.contains("pool_2: also: pool@1 {"))
    #expect(text.contains("pool: pool@2 {"))
    #expect(text.contains("node_2nd: 2nd {"))
    #expect(text.contains("lone: lone@3 {"))
    #expect(text.contains("device: dev {"))
    #expect(text.contains("memory-region = <&pool_2>, <&pool>, <&node_2nd>, <&lone>;"))
    #expect(!text.contains("gone:"))
  }

  @Test("a phandle that two nodes have, or none, stays a number")
  func unresolved() throws {
    let twin = [Property("phandle", .u32(7))]
    let text = try text(
      Node(
        "", properties: [Property("interrupt-parent", .u32(7))],
        children: [
          Node("a", properties: twin), Node("b", properties: twin),
          Node("c", properties: [Property("memory-region", .cells([8]))]),
        ]))
    #expect(text.contains("interrupt-parent = <0x7>;"))
    #expect(text.contains("memory-region = <0x8>;"))
    #expect(!text.contains(":"))
  }

  @Test("comments say what addresses, interrupts and references are")
  func annotations() throws {
    let text = try flattened(SampleTree.guest.tree)
      .sourceText(options: SourceTextOptions(annotated: true))
    for expected in [
      "reg = <0x0 0x5f000000 0x0 0x800000>; "
        + "/* 0x5f000000..0x5f7fffff, 8 MiB, restricted DMA pool */",
      "interrupts = <0x0 0x10 0x1>; /* SPI 16, edge rising (INTID 48) */",
      "/* PPI 13, level high (INTID 29) */",
      "interrupts-extended = <&intc 0x0 0x11 0x1>; "
        + "/* SPI 17, edge rising (INTID 49) of /intc@8000000 */",
      "memory-region = <&bounce>; /* /reserved-memory/bounce@5f000000 */",
      "/memreserve/ 0x40000000 0x10000; /* 0x40000000..0x4000ffff, 64 KiB */",
    ] {
      #expect(text.contains(expected))
    }
  }

  @Test("labels, references and overlays survive dtc's symbols and fixups", .requires(.dtc))
  func symbols() throws {
    let base = """
      /dts-v1/;
      / {
        gpio: gpio { #gpio-cells = <2>; gpio-controller; };
        led { led-gpios = <&gpio 1 0>, <0>, <&gpio 2 1>; reset-gpios = <&gpio>; };
        clk: clock-controller@1 { #clock-cells = <1>; };
        dev { clocks = <&clk 3>; assigned-clocks = <&clk 4>; power-domains = <&gpio>; };
      };
      """
    let overlay = """
      /dts-v1/;
      /plugin/;
      &outside { added: added { ref = <&added>; memory-region = <&added &elsewhere>; }; };
      """
    for source in [base, overlay] {
      let compiled = try Tool.dtc.run(
        ["-@", "-I", "dts", "-O", "dtb", "-o", "-", "-"], input: Array(source.utf8))
      let tree = try FlattenedTree(compiled.output)
      #expect(tree.root.child("__symbols__") != nil)
      for annotated in [false, true] {
        let text = tree.sourceText(options: SourceTextOptions(annotated: annotated))
        _ = try expectSameTree(text, tree)
      }
    }
    let text = try FlattenedTree(DTC.compile(base).bytes).sourceText()
    #expect(text.contains("led-gpios = <&gpio 0x1 0x0>, <0x0>, <&gpio 0x2 0x1>;"))
    #expect(text.contains("clocks = <&clock_controller 0x3>;"))
  }
}
