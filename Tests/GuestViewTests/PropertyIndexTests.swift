import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@Suite("The index of properties")
struct PropertyIndexTests {
  @Test("every property is found by its name, in the order of the tree", .requires(.dtc))
  func findsAll() throws {
    let bytes = try ExampleCompiler(
      "/dts-v1/; / { b = <1>; a { a; b = <2>; c { b = <3>; }; }; d { a; }; };"
    ).bytes
    let tree = try FlattenedTree(bytes)
    let view = GuestView(tree: tree)
    #expect(view.propertyIndex.names == ["b", "a"])
    #expect(view.properties(named: "b").map { $0.cell(0) } == [1, 2, 3])
    #expect(view.properties(named: "a").map(\.node.path) == ["/a", "/d"])
    #expect(view.properties(named: "c").isEmpty)
    let indexed = view.propertyIndex.names.flatMap { view.properties(named: $0).map(\.index) }
    #expect(indexed.sorted() == Array(0..<tree.propertyCount))
  }

  @Test("of several properties of one name in a node the first counts", .requires(.dtc))
  func repetitions() throws {
    let bytes = try ExampleCompiler("/dts-v1/; / { a { b = <1>; b = <2>; b = <3>; }; c { b; }; };")
      .bytes
    let view = GuestView(tree: try FlattenedTree(bytes))
    #expect(view.properties(named: "b").map { $0.cell(0) } == [1, nil])
    #expect(view.propertyIndex.repetitions.map { $0.cell(0) } == [2, 3])
    for node in view.tree.nodes {
      #expect(
        view.properties(named: "b").property(of: node)?.index == node.property("b")?.index)
    }
  }

  @Test("an upper dma-ranges applies across one bus without it, not across two", .requires(.dtc))
  func dmaRangesAcrossBuses() throws {
    func ranges(_ middle: String) throws -> DMARanges? {
      let bus = "compatible = \"simple-bus\"; #address-cells = <1>; #size-cells = <1>; ranges;"
      let bytes = try ExampleCompiler(
        """
        /dts-v1/;
        / {
          #address-cells = <1>;
          #size-cells = <1>;
          upper {
            \(bus)
            dma-ranges = <0x0 0x40000000 0x10000000>;
            middle {
              \(bus)
              \(middle)
              lower {
                \(bus)
                virtio@a000000 { compatible = "virtio,mmio"; reg = <0xa000000 0x200>; };
              };
            };
          };
        };
        """
      ).bytes
      return GuestView(tree: try FlattenedTree(bytes)).dmaDevices.first?.dmaRanges
    }
    #expect(try ranges("")?.windows.count == nil)
    #expect(try ranges("dma-ranges;")?.windows.count == 1)
    #expect(
      try ranges("dma-ranges = <0x0 0x0 0x1000>;")?.windows.map(\.range.first) == [0x4000_0000])
  }
}
