import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@Suite("The index of compatibles")
struct CompatibleIndexTests {
  private func view() throws -> GuestView {
    try GuestView(
      tree: FlattenedTree(
        ExampleCompiler(
          """
          /dts-v1/;
          / {
            compatible = "x,board", "x,chip";
            a { compatible = "x,chip", "X,Chip", "x,chip"; status = "disabled"; };
            b { compatible = "y,chip"; c { compatible = "x,CHIP"; }; };
            d { compatible = [78 2c 63 68 69 70]; };
            e { compatible = ""; };
          };
          """
        ).bytes))
  }

  @Test(
    "a node is found once by each string, in document order and whatever the case", .requires(.dtc))
  func nodes() throws {
    let view = try view()
    #expect(view.nodes(compatibleWith: "x,chip").map(\.path) == ["/", "/a", "/b/c", "/d"])
    #expect(view.nodes(compatibleWith: "y,chip").map(\.path) == ["/b"])
    #expect(view.nodes(compatibleWith: "x,chi").isEmpty)
    #expect(view.nodes(compatibleWith: "").isEmpty)
    for text in ["x,chip", "Y,CHIP", "x,board", "z"] {
      let walked = view.tree.nodes.filter { $0.isCompatible(text) }
      #expect(Array(view.nodes(compatibleWith: text)) == walked)
    }
  }

  @Test("lists of nodes are merged in document order", .requires(.dtc))
  func union() throws {
    let view = try view()
    let both = view.nodes(compatibleWith: "y,chip").union(view.nodes(compatibleWith: "x,chip"))
    #expect(both.map(\.path) == ["/", "/a", "/b", "/b/c", "/d"])
    #expect(both.union(both).map(\.path) == both.map(\.path))
  }

  @Test("of the properties of one name, those of enabled nodes can be had alone", .requires(.dtc))
  func enabled() throws {
    let view = try view()
    let all = view.properties(named: "compatible").filter { view.isEnabled($0.node) }
    #expect(view.enabledProperties(named: "compatible").map(\.index) == all.map(\.index))
    #expect(view.enabledProperties(named: "compatible").count == 5)
    #expect(view.enabledProperties(named: "reg").isEmpty)
  }
}
