import DTGenTestSupport
import DeviceTree
import Diagnostics
import Testing

@testable import dtgen

@Suite("a drawing of a place in a tree", .requires(.dtc))
struct TreeExcerptTests {
  private func tree() throws -> FlattenedTree {
    let cells = (0..<40).map { String($0) }.joined(separator: " ")
    return try FlattenedTree(
      try ExampleCompiler(
        """
        /dts-v1/;
        / {
          node@1 {
            compatible = "a,b", "c";
            reg = <0x1 0x2 0x3 0x4>;
            flag;
            bytes = [01 02 03];
            many = <\(cells)>;
          };
        };
        """
      ).bytes)
  }

  private func lines(_ place: Place) throws -> [String] {
    let finding = Finding(rule: "a/b", severity: .note, message: "m", place: place)
    let excerpt = TreeExcerpt(try tree()).drawn(finding).place.excerpt
    return (excerpt?.lines ?? []).flatMap { line -> [String] in
      guard let mark = line.mark else { return [line.text] }
      return [
        line.text,
        String(repeating: " ", count: mark.lowerBound) + String(repeating: "^", count: mark.count),
      ]
    }
  }

  @Test("marks the cells that are meant")
  func cells() throws {
    #expect(
      try lines(
        Place(node: "/node@1", property: "reg", cell: 2, element: "reg[1]", bytes: 0..<8)
      ) == [
        "node@1 {",
        "    reg = <0x1 0x2 0x3 0x4>;",
        "                   ^^^^^^^",
      ])
  }

  @Test("of a long value shows what stands around the cell")
  func longValue() throws {
    let text = try lines(
      Place(node: "/node@1", property: "many", cell: 30, element: "many[30]", bytes: 0..<4))
    #expect(text[1].hasPrefix("    many = <… 0x18 0x19"))
    #expect(text[1].hasSuffix("0x27>;"))
    let mark = text[2]
    let start = mark.count - 4
    #expect(text[1].dropFirst(start).prefix(4) == "0x1e")
  }

  @Test("shows properties without cells, without a value, and with other bytes")
  func others() throws {
    #expect(
      try lines(Place(node: "/node@1", property: "compatible"))[1]
        == #"    compatible = "a,b", "c";"#)
    #expect(
      try lines(Place(node: "/node@1", property: "flag"))[1...2] == ["    flag;", "    ^^^^"])
    #expect(try lines(Place(node: "/node@1", property: "bytes"))[1] == "    bytes = [01 02 03];")
  }

  @Test("of a node shows what it is and where")
  func node() throws {
    #expect(
      try lines(Place(node: "/node@1")) == [
        "node@1 {", "^^^^^^", #"    compatible = "a,b", "c";"#, "    reg = <0x1 0x2 0x3 0x4>;",
      ])
  }

  @Test("is left out for places that the tree doesn't have, and survives wrong ones")
  func nowhere() throws {
    #expect(try lines(Place()) == [])
    #expect(try lines(Place(node: "/none")) == [])
    #expect(try lines(Place(node: "/node@1", property: "none")) == [])
    for cell in [-1, 3, 4, 1_000_000, Int.max] {
      let place = Place(
        node: "/node@1", property: "reg", cell: cell, element: "reg", bytes: 0..<64)
      #expect(try lines(place).count >= 2)
    }
  }
}
