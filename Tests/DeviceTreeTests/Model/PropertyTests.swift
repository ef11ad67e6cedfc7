import DeviceTree
import Testing

@Suite("Properties")
struct PropertyTests {
  private func read(_ value: PropertyValue) throws -> FlattenedTree.Property {
    let tree = Tree(root: Node("", properties: [Property("p", value)]))
    return try #require(try FlattenedTree(tree.flattened()).root.property("p"))
  }

  @Test("values are big-endian, and strings end with NUL")
  func encodings() {
    #expect(PropertyValue.u32(0x0102_0304).bytes == [1, 2, 3, 4])
    #expect(PropertyValue.u64(0x0102_0304_0506_0708).bytes == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(PropertyValue.cells([]).bytes == [])
    #expect(PropertyValue.string("é").bytes == [0xc3, 0xa9, 0])
    #expect(PropertyValue.strings(["", "a"]).bytes == [0, 0x61, 0])
  }

  @Test("a number is read from any cells, and refused past the value or past 64 bits")
  func numbers() throws {
    let property = try read(.cells([0, 1, 2, 3]))
    for index in -1...5 {
      for count in -1...5 {
        let fits = index >= 0 && count >= 0 && index + count <= 4
        let cells: ArraySlice<UInt64> = fits ? [0, 1, 2, 3][index..<(index + count)] : []
        let isNarrow = cells.dropLast(2).allSatisfy { $0 == 0 }
        let expected = fits && isNarrow ? cells.reduce(0) { $0 << 32 | $1 } : nil
        #expect(property.number(at: index, cells: count) == expected, "\(index), \(count)")
      }
    }
    #expect(property.number(at: Int.max, cells: Int.max) == nil)
    #expect(property.cell(4) == nil)
    #expect(property.cell(-1) == nil)
    #expect(property.u32 == nil)
    #expect(try read(.u32(7)).u32 == 7)
  }

  @Test("a string list holds whole strings")
  func contains() throws {
    let list = try read(.strings(["arm,pl011", "arm,primecell", ""]))
    #expect(list.contains("arm,pl011"))
    #expect(list.contains("arm,primecell"))
    #expect(list.contains(""))
    #expect(!list.contains("arm"))
    #expect(!list.contains("pl011"))
    #expect(!list.contains("arm,pl011 and much more than the value is long, to be sure of that"))
    #expect(list.strings == ["arm,pl011", "arm,primecell", ""])
    let unterminated = try read(PropertyValue(bytes: [0x61, 0, 0x62]))
    #expect(unterminated.contains("a"))
    #expect(!unterminated.contains("b"))
    #expect(unterminated.strings == nil)
    #expect(try !read(.empty).contains(""))
    #expect(try read(PropertyValue(bytes: [0xff, 0])).strings == nil)
    #expect(try read(.strings(["a", "b"])).string == nil)
  }

  @Test("setting a property replaces it in place, appends it, or removes it")
  func subscripts() {
    var node = Node("n", at: 0xA0, properties: [Property("a", .u32(1)), Property("b", .u32(2))])
    #expect(node.name == "n@a0")
    node["a"] = .u32(3)
    node["c"] = .empty
    node["b"] = nil
    node["d"] = nil
    #expect(node.properties == [Property("a", .u32(3)), Property("c", .empty)])
    #expect(node["b"] == nil)
  }

  @Test("a subtree becomes a node with everything below it")
  func subtree() throws {
    let flattened = try FlattenedTree(SampleTree.guest.tree.flattened())
    let pools = try #require(flattened.node(at: "/reserved-memory"))
    #expect(Node(pools) == SampleTree.guest.tree.root.children[2])
    let last = try #require(flattened.nodes.last)
    #expect(Node(last) == SampleTree.guest.tree.root.children.last)
  }
}
