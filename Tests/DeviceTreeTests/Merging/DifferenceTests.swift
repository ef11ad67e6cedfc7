import DTGenTestSupport
import DeviceTree
import Testing

@Suite("the difference of two trees")
struct DifferenceTests {
  private func tree(_ children: Node..., properties: [Property] = []) -> Tree {
    Tree(root: Node("", properties: properties, children: children))
  }

  @Test("is nothing where order alone differs")
  func order() {
    let first = tree(
      Node("a"), Node("b", properties: [Property("x", .u32(1)), Property("y", .empty)]))
    let second = tree(
      Node("b", properties: [Property("y", .empty), Property("x", .u32(1))]), Node("a"))
    #expect(first.difference(to: second).isEmpty)
  }

  @Test("names what was added, what is gone and what has changed, once each")
  func kinds() {
    let first = tree(
      Node("a", properties: [Property("x", .u32(1)), Property("gone", .empty)]),
      Node("old", children: [Node("inside")]))
    let second = tree(
      Node("a", properties: [Property("x", .u32(2)), Property("new", .empty)]),
      Node("young", children: [Node("inside")]))
    #expect(
      first.difference(to: second) == [
        TreeDifference(.nodeRemoved, node: "/old"), TreeDifference(.nodeAdded, node: "/young"),
        TreeDifference(.propertyRemoved, node: "/a", property: "gone"),
        TreeDifference(.propertyChanged, node: "/a", property: "x"),
        TreeDifference(.propertyAdded, node: "/a", property: "new"),
      ])
    #expect(
      first.difference(to: second).map(\.description).contains("/a: gone is only in the first tree")
    )
  }

  @Test("sees through the numbers of phandles where it knows that they are such")
  func phandles() {
    func pair(_ left: UInt32, _ right: UInt32, link: [UInt32]) -> Tree {
      tree(
        Node("left", properties: [Property("phandle", .u32(left))]),
        Node("right", properties: [Property("phandle", .u32(right))]),
        Node("user", properties: [Property("links", .cells(link))]))
    }
    let references = [
      TreeReference(node: "/user", property: "links", offset: 4, kind: .phandle, target: "/left")
    ]
    let first = pair(1, 2, link: [7, 1])
    #expect(first.difference(to: pair(8, 9, link: [7, 8]), references: references).isEmpty)
    // The same number, and another node.
    #expect(first.difference(to: pair(2, 1, link: [7, 1]), references: references).count == 1)
    // A number that is none.
    #expect(first.difference(to: pair(8, 9, link: [6, 8]), references: references).count == 1)
    // Without knowing, a number is a number.
    #expect(first.difference(to: pair(8, 9, link: [7, 8])).count == 1)
    // What names nothing in either is compared as it stands.
    #expect(
      pair(1, 2, link: [7, 5]).difference(to: pair(8, 9, link: [7, 5]), references: references)
        .isEmpty)
    // A value that ends before the reference does.
    #expect(first.difference(to: pair(8, 9, link: [7]), references: references).count == 1)
  }

  @Test("includes memory reservations and the CPU that boots, but not where entries stood")
  func header() {
    var first = tree()
    var second = tree()
    first.memoryReservations = [MemoryReservation(address: 1, size: 2, byteOffset: 40)]
    #expect(first.difference(to: second).map(\.kind) == [.headerChanged])
    second.memoryReservations = [MemoryReservation(address: 1, size: 2, byteOffset: 48)]
    #expect(first.difference(to: second).isEmpty)
    second.bootCPU = 1
    #expect(first.difference(to: second).map(\.kind) == [.headerChanged])
  }

  @Test("takes time in proportion to the trees")
  func large() throws {
    let large = Tree.synthetic(nodeCount: 20_000)
    var other = large
    other.root.children[1].children[0]["extra"] = .empty
    #expect(large.difference(to: other).count == 1)
  }
}
