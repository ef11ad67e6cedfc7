import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformImport
import PlatformLowering
import Testing

/// What no description would contain, and what trees contain all the same.
@Suite("importing odd trees")
struct OddTreeTests {
  private func trip(_ root: DeviceTree.Node, _ tree: Tree = Tree()) throws -> RoundTrip {
    var tree = tree
    tree.root = root
    return try RoundTrip(tree.flattened())
  }

  private func property(_ name: String, _ value: PropertyValue) -> DeviceTree.Property {
    DeviceTree.Property(name, value)
  }

  @Test("an empty tree, and a root that has nothing of what a machine writes")
  func empty() throws {
    #expect(try trip(Node("")).differences == [])
    let root = Node("", properties: [property("other", .u32(1))])
    #expect(try trip(root).differences == [])
  }

  @Test("other cell counts at the root, so that no noun fits", arguments: [UInt32(0), 1, 3])
  func cells(count: UInt32) throws {
    let root = Node(
      "",
      properties: [property("#address-cells", .u32(count)), property("#size-cells", .u32(1))],
      children: [
        Node(
          "memory", at: 0x4000_0000,
          properties: [
            property("device_type", .string("memory")),
            property("reg", .cells([0x4000_0000, 0x1000_0000])),
          ])
      ])
    let trip = try trip(root)
    #expect(trip.differences == [])
    #expect(trip.imported.rawNodeCount == 1)
  }

  @Test("names that the specification has no room for")
  func names() throws {
    let long = String(repeating: "n", count: 200)
    let names = [long, "9lives", "a_b@", "x@2,0", "x@00ff", "x@FF", "x@10000000000000000", "+"]
    let children = names.map { Node($0, properties: [property("p-" + long, .empty)]) }
    let trip = try trip(Node("", children: children))
    #expect(trip.differences == [])
    #expect(trip.again.root.children.map(\.name) == names)
  }

  @Test("values of every kind, and such as are none of them")
  func values() throws {
    let values: [(String, PropertyValue)] = [
      ("empty", .empty), ("compatible", .strings(["a", "b"])), ("label", .string("")),
      ("model", .string("quote \" backslash \\ tab \t unicode \u{e9}\u{202e}")),
      ("status", PropertyValue(bytes: [0xff, 0xfe, 0])), ("bootargs", PropertyValue(bytes: [65])),
      ("text", .string("some text")), ("listed", .strings(["one", "two"])),
      ("almost", PropertyValue(bytes: [65, 0, 0, 66, 0])),
      ("odd", PropertyValue(bytes: [1, 2, 3])),
      ("cells", .cells([0, 1, 0xffff_ffff])), ("abc", PropertyValue(bytes: [65, 66, 67, 0])),
      ("reg", PropertyValue(bytes: [1, 2, 3, 4, 5])), ("local-mac-address", .u64(7)),
      ("clock-frequency", .u32(24_000_000)), ("big", .cells(Array(0..<1000))),
    ]
    let node = Node("node", properties: values.map { property($0.0, $0.1) })
    let trip = try trip(Node("", children: [node]))
    #expect(trip.differences == [])
    let bytes = { (tree: FlattenedTree) in
      tree.node(at: "/node")?.properties.map { Array($0.bytes) }
    }
    #expect(bytes(trip.tree) == bytes(trip.again))
  }

  @Test(
    "windows of a PCI host that a description refuses are spelled out",
    arguments: [
      // Nothing, beyond 32 bits, around the end, and ports that are prefetchable.
      [UInt32(0x0200_0000), 0, 0x1000_0000, 0, 0x1000_0000, 0, 0],
      [0x0200_0000, 0, 0x1000_0000, 0, 0x1000_0000, 0x3d, 0],
      [0x0300_0000, 0x80, 0, 0xffff_ffff, 0xffff_0000, 0, 0x1_0001],
      [0x4100_0000, 0, 0, 0, 0x3eff_0000, 0, 0x1_0000],
    ])
  func windows(ranges: [UInt32]) throws {
    let bridge = Node(
      "pcie", at: 0x1000_0000,
      properties: [
        property("compatible", .string("pci-host-ecam-generic")),
        property("device_type", .string("pci")),
        property("reg", .cells([0x40, 0, 0, 0x1000_0000])),
        property("bus-range", .cells([0, 255])), property("#address-cells", .u32(3)),
        property("#size-cells", .u32(2)), property("ranges", .cells(ranges)),
      ])
    let cells = ["#address-cells", "#size-cells"].map { property($0, .u32(2)) }
    let trip = try trip(Node("", properties: cells, children: [bridge]))
    #expect(trip.differences == [])
    #expect(trip.imported.rawNodeCount == 1)
  }

  @Test("memory that is reserved ahead of the tree, and another boot CPU")
  func header() throws {
    let tree = Tree(
      memoryReservations: [
        MemoryReservation(address: 0x4800_0000, size: 0x1000),
        MemoryReservation(address: 0, size: .max),
      ], bootCPU: 3)
    let trip = try trip(Node(""), tree)
    #expect(trip.differences == [])
    #expect(trip.again.header.bootCPU == 3)
    #expect(trip.imported.source.contains("MemoryReservation(at: 0x4800_0000, size: .kib(4))"))
    #expect(trip.imported.source.contains(".bootCPU(3)"))
  }

  @Test("phandles that are none, that two nodes have, and that nobody refers to")
  func phandles() throws {
    let phandles: [PropertyValue] = [
      .u32(0), .u32(.max), .u32(5), .u32(5), .u32(9), PropertyValue(bytes: [1]), .empty, .u64(1),
      .string("text"),
    ]
    var children = phandles.enumerated().map { index, value in
      Node("node\(index)", properties: [property("phandle", value)])
    }
    children.append(
      Node(
        "user",
        properties: [
          property("interrupt-parent", .u32(5)), property("clocks", .cells([9, 0])),
          property("memory-region", .cells([0, 0xdead])),
        ]))
    let trip = try trip(Node("", children: children))
    #expect(trip.differences == [])
    let numbers = { (tree: FlattenedTree) in
      tree.nodes.map { $0.property("phandle").map { Array($0.bytes) } }
    }
    #expect(numbers(trip.tree) == numbers(trip.again))
  }

  private static let provider = """
    /dts-v1/;
    / {
      #address-cells = <2>;
      #size-cells = <2>;
      first: first { phandle = <0x10>; #clock-cells = <0>; };
      second: second { phandle = <0x20>; #clock-cells = <0>; };
      third: third { phandle = <0x30>; };
      user {
        clocks = <&first>, <&second>;
        vendor,thing = <0x20 0x99>;
        reg = <0x0 0x30 0x0 0x10>;
        vendor,other = <1 0x30>;
      };
    };
    """

  @Test("a phandle is renumbered unless something may know it by its number", .requires(.dtc))
  func pins() throws {
    let trip = try RoundTrip(Self.provider)
    #expect(trip.differences == [])
    #expect(trip.again.node(at: "/first")?.property("phandle")?.u32 == 1)
    #expect(trip.again.node(at: "/second")?.property("phandle")?.u32 == 0x20)
    #expect(trip.again.node(at: "/third")?.property("phandle")?.u32 == 0x30)
    let source = trip.imported.source
    #expect(source.contains("// /user may know it by this number: vendor,thing."))
    #expect(source.contains("Property(\"clocks\", .phandle(first), .phandle(second))"))
    #expect(source.contains("Property(\"vendor,thing\", 0x20, 0x99)"))
  }

  @Test("the gpios of a hog are no references, whatever their numbers", .requires(.dtc))
  func hog() throws {
    let trip = try RoundTrip(
      """
      /dts-v1/;
      / {
        other { phandle = <0x5>; #gpio-cells = <1>; };
        gpio { gpio-controller; #gpio-cells = <2>; led { gpio-hog; gpios = <5 0>; output-high; }; };
        user { enable-gpios = <5 1>; };
      };
      """)
    #expect(trip.differences == [])
    #expect(trip.again.node(at: "/gpio/led")?.property("gpios")?.cell(0) == 5)
    #expect(trip.again.node(at: "/other")?.property("phandle")?.u32 == 1)
  }

  @Test("seeds are left out, unless they are to be kept", .requires(.dtc))
  func seeds() throws {
    let source = """
      /dts-v1/;
      / { chosen { kaslr-seed = <1 2>; rng-seed = [01 02 03]; bootargs = "quiet"; }; };
      """
    let trip = try RoundTrip(source)
    #expect(trip.imported.omitted == ["/chosen/kaslr-seed", "/chosen/rng-seed"])
    #expect(trip.again.node(at: "/chosen")?.properties.map(\.name) == ["bootargs"])
    let kept = try RoundTrip(source, options: ImportOptions(keepsSeeds: true))
    #expect(kept.imported.omitted == [])
    #expect(kept.differences == [])
    #expect(kept.again.node(at: "/chosen")?.properties.count == 3)
  }

  @Test("a deep tree, a wide one, and one of many references")
  func large() throws {
    var deep = Node("leaf", properties: [property("last", .u32(1))])
    for level in 0..<62 { deep = Node("level\(level)", children: [deep]) }
    #expect(try trip(Node("", children: [deep])).differences == [])
    var wide: [DeviceTree.Node] = []
    for index in UInt32(0)..<3000 {
      var node = Node("node", at: UInt64(index))
      node["phandle"] = .u32(index + 1)
      node["clocks"] = .u32(3000 - index)
      node["#clock-cells"] = .u32(0)
      wide.append(node)
    }
    let trip = try trip(Node("", children: wide))
    #expect(trip.differences == [])
  }

  @Test("the same tree has the same text")
  func deterministic() throws {
    let bytes = try DTC.compile(Self.provider).bytes
    let texts = try (0..<5).map { _ in try RoundTrip(bytes).imported.source }
    #expect(Set(texts).count == 1)
  }
}
