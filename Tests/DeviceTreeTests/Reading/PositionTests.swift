import DTGenTestSupport
import DeviceTree
import Testing

@Suite("Positions in a tree")
struct PositionTests {
  @Test("they say what the nodes and properties say", arguments: SampleTree.all)
  func agreement(sample: SampleTree) throws {
    let tree = try FlattenedTree(sample.tree.flattened())
    for node in tree.nodes {
      #expect(tree.parent(ofNodeAt: node.index) == node.parent?.index)
      #expect(tree.subtreeEnd(ofNodeAt: node.index) == node.index + 1 + node.descendants.count)
      #expect(tree.nameByteRange(ofNodeAt: node.index) == node.nameByteRange)
      #expect(tree.unitAddressByteRange(ofNodeAt: node.index) == node.unitAddressByteRange)
      #expect(tree.propertyRange(ofNodeAt: node.index).count == node.properties.count)
      let parts = [node.baseName] + [node.unitAddress].compactMap(\.self)
      #expect(parts.joined(separator: "@") == node.name)
    }
    for property in tree.properties {
      #expect(tree.node(ofPropertyAt: property.index) == property.node.index)
      #expect(tree.propertyName(tree.nameNumber(ofPropertyAt: property.index)) == property.name)
      #expect(tree.cell(0, ofPropertyAt: property.index) == property.cell(0))
    }
  }

  @Test("nodes are found by the name before their unit address", .requires(.dtc))
  func baseNames() throws {
    let bytes = try DTC.compile(
      "/dts-v1/; / { spi@1 { spi { }; }; spix { }; i2c@2 { spi@0 { }; }; };"
    ).bytes
    let found = try FlattenedTree(bytes).nodes(withBaseNames: ["i2c", "spi"])
    #expect(found.map(\.path) == ["/spi@1", "/spi@1/spi", "/i2c@2", "/i2c@2/spi@0"])
  }

  @Test("a node with two children of one name is found, however many nodes there are")
  func equalChildren() throws {
    var block = StructureBlock()
    block.begin([])
    for number in 0..<500 {
      block.begin(Array("bus\(number)".utf8))
      for child in ["a", "b@\(number)", number % 100 == 7 ? "a" : "c"] {
        block.begin(Array(child.utf8))
        block.end()
      }
      block.end()
    }
    block.end()
    block.finish()
    let tree = try FlattenedTree(block.file())
    let names = Set(
      tree.parentsOfEqualChildren(tree.nameByteRange(ofNodeAt:)).map { tree.nodes[$0].name })
    #expect(names.isSuperset(of: ["bus7", "bus107", "bus207", "bus307", "bus407"]))
    #expect(names.count < 50)
    #expect(tree.parentsOfEqualChildren { _ in nil }.isEmpty)
  }
}
