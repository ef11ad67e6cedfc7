import DTGenTestSupport
import DeviceTree
import Testing

@Suite("DTS text of trees that mean harm")
struct HostileTextTests {
  private static let names: [[UInt8]] = [
    Array("\u{1b}[31m".utf8), Array("a\r\nb".utf8), Array("/* */".utf8), Array("a */ evil;".utf8),
    Array("x = <1>; };".utf8), Array("\"".utf8), [0xff, 0xfe], Array("\u{202e}abc".utf8), [],
    Array("/include/ \"secret\"".utf8), Array("a\\".utf8),
  ]

  /// A tree whose node and property have this name, put together by hand: the writer refuses it.
  private static func tree(_ name: [UInt8]) throws -> FlattenedTree {
    var structure = StructureBlock()
    structure.begin([])
    structure.property(nameOffset: 0, value: [0, 0, 0, 1])
    structure.begin(name)
    structure.property(nameOffset: 0, value: Array("\u{1b}[0m\";}\\".utf8) + [0])
    structure.end()
    structure.end()
    structure.finish()
    return try FlattenedTree(structure.file(strings: name + [0]))
  }

  @Test("the text is printable ASCII, whatever names and values are", arguments: names)
  func printable(name: [UInt8]) throws {
    let text = try Self.tree(name).sourceText(options: SourceTextOptions(annotated: true))
    #expect(
      text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f || $0 == 0x0a || $0 == 0x09 },
      "\(text.debugDescription)")
  }

  @Test("dtc sees one property and one node, whatever their names are", .requires(.dtc))
  func nothingIsInjected() throws {
    for name in Self.names {
      let text = try Self.tree(name).sourceText(options: SourceTextOptions(annotated: true))
      let tree = try FlattenedTree(DTC.compile(text).bytes)
      #expect(tree.nodeCount == 2, "\(text)")
      #expect(tree.propertyCount == 2, "\(text)")
      #expect(Array(tree.root.properties[0].bytes) == [0, 0, 0, 1])
    }
  }

  @Test("circles of interrupt parents and of phandles end")
  func circles() throws {
    let text = try FlattenedTree(
      Tree(
        root: Node(
          "", properties: [Property("interrupt-parent", .u32(1))],
          children: [
            Node(
              "a",
              properties: [
                Property("phandle", .u32(1)), Property("interrupt-parent", .u32(2)),
                Property("interrupts", .cells([1, 2, 3])),
              ]),
            Node(
              "b",
              properties: [
                Property("phandle", .u32(2)), Property("interrupt-parent", .u32(1)),
                Property("interrupt-map", .cells([1, 2, 3])),
              ]),
          ])
      ).flattened()
    ).sourceText(options: SourceTextOptions(annotated: true))
    #expect(text.contains("interrupts = <0x1 0x2 0x3>;"))
  }

  @Test(
    "cells of any number give text and no trap",
    arguments: [0, 1, 2, 3, 4, 7, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff] as [UInt32])
  func anyCells(cells: UInt32) throws {
    let value = PropertyValue.cells((1...24).map { $0 })
    let tree = Tree(
      root: Node(
        "",
        properties: [
          Property("#address-cells", .u32(cells)), Property("#size-cells", .u32(cells)),
          Property("interrupt-parent", .u32(1)),
        ],
        children: [
          Node(
            "intc",
            properties: [
              Property("phandle", .u32(1)), Property("#interrupt-cells", .u32(cells)),
              Property("#clock-cells", .u32(cells)), Property("#address-cells", .u32(cells)),
              Property("#size-cells", .u32(cells)), Property("compatible", .string("arm,gic-v3")),
              Property("reg", value), Property("ranges", value), Property("dma-ranges", value),
              Property("interrupts", value), Property("interrupt-map", value),
              Property("interrupts-extended", value), Property("clocks", value),
              Property("iommu-map", value), Property("memory-region", value),
            ])
        ]))
    let bytes = try tree.flattened()
    for annotated in [false, true] {
      let text = try FlattenedTree(bytes).sourceText(
        options: SourceTextOptions(annotated: annotated))
      #expect(text.contains("reg = <"))
    }
  }
}
