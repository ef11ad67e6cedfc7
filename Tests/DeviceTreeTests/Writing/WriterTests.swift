import DTGenTestSupport
import DeviceTree
import Testing

@Suite("Writing a tree")
struct WriterTests {
  @Test("what was written is read back as the same tree", arguments: SampleTree.all)
  func roundTrip(sample: SampleTree) throws {
    let bytes = try sample.tree.flattened()
    #expect(Tree(try FlattenedTree(bytes)) == sample.tree)
  }

  @Test("libfdt accepts every tree that is written", arguments: SampleTree.all)
  func libfdtAccepts(sample: SampleTree) throws {
    let bytes = try sample.tree.flattened()
    #expect(LibFDTReader.check(bytes) == 0)
    let header = try FlattenedTree(bytes).header
    #expect(header.totalSize == bytes.count, "no slack at the end")
    #expect(header.version == 17)
    #expect(header.lastCompatibleVersion == 16)
  }

  @Test("the same tree gives the same bytes", arguments: SampleTree.all)
  func deterministic(sample: SampleTree) throws {
    #expect(try sample.tree.flattened() == sample.tree.flattened())
  }

  @Test("bytes between values are zero")
  func padding() throws {
    let bytes = try SampleTree.oddities.tree.flattened()
    let tree = try FlattenedTree(bytes)
    for property in tree.root.properties {
      let end = property.byteRange.upperBound
      for offset in end..<((end + 3) & ~3) { #expect(bytes[offset] == 0) }
    }
  }

  @Test(
    "a name that dtc refuses is refused with the node's path",
    arguments: [
      ("", "is empty"), ("a/b", "holds '/'"), ("a\0b", "holds a NUL"), ("a b", "holds ' '"),
      ("a@1@2", "more than one '@'"), ("@1", "nothing before '@'"), ("é", "holds the byte 0xc3"),
      (String(repeating: "x", count: 256), "has 256 characters"),
    ])
  func badNodeName(name: String, complaint: String) throws {
    let tree = Tree(root: Node("", children: [Node("soc", children: [Node(name)])]))
    let error = try #require(throws: DeviceTreeError.self) { try tree.flattened() }
    #expect(error.code == .badName)
    #expect(error.nodePath == "/soc/" + name)
    #expect(error.message.contains(complaint))
  }

  @Test(
    "a property name that dtc refuses is refused",
    arguments: ["", "a/b", "a\0", "a@1", "a:", "\u{1b}[31m", String(repeating: "x", count: 256)])
  func badPropertyName(name: String) throws {
    let tree = Tree(root: Node("", children: [Node("soc", properties: [Property(name, .empty)])]))
    let error = try #require(throws: DeviceTreeError.self) { try tree.flattened() }
    #expect(error.code == .badName)
    #expect(error.nodePath == "/soc")
    #expect(error.description.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f })
  }

  @Test("names of 255 characters are written and read")
  func longestName() throws {
    let name = String(repeating: "x", count: 255)
    let tree = Tree(
      root: Node("", children: [Node(name, properties: [Property(name, .u32(1))])]))
    #expect(Tree(try FlattenedTree(tree.flattened())) == tree)
  }

  @Test("the root has no name")
  func namedRoot() {
    #expect(throws: DeviceTreeError(.badName, "")) { try Tree(root: Node("soc")).flattened() }
  }

  @Test("two children or two properties of one name are refused", arguments: [2, 9, 200])
  func duplicates(count: Int) throws {
    var names = (1..<count).map { "n\($0)" }
    names.append("n1")
    let children = Tree(root: Node("", children: [Node("a", children: names.map { Node($0) })]))
    let properties = Tree(
      root: Node("", children: [Node("a", properties: names.map { Property($0, .empty) })]))
    for tree in [children, properties] {
      let error = try #require(throws: DeviceTreeError.self) { try tree.flattened() }
      #expect(error.code == .duplicateName)
      #expect(error.nodePath == "/a")
      #expect(error.message.contains("'n1'"))
    }
  }

  @Test("64 levels are written, 65 are refused")
  func depth() throws {
    func chain(_ levels: Int) -> Tree {
      var node = Node("leaf")
      for _ in 2..<levels { node = Node("level", children: [node]) }
      return Tree(root: Node("", children: [node]))
    }
    #expect(Tree(try FlattenedTree(chain(64).flattened())) == chain(64))
    #expect(throws: DeviceTreeError(.limitExceeded, "")) { try chain(65).flattened() }
  }

  @Test("a reservation of size zero is refused: it would end the list")
  func emptyReservation() {
    let tree = Tree(memoryReservations: [MemoryReservation(address: 0x4000_0000, size: 0)])
    #expect(throws: DeviceTreeError(.notWritable, "")) { try tree.flattened() }
  }

  @Test("a name that is the end of another is stored once, and the size is still right")
  func sharedSuffix() throws {
    let tree = Tree(
      root: Node("", properties: [Property("dma-ranges", .empty), Property("ranges", .empty)]))
    let bytes = try tree.flattened()
    let flattened = try FlattenedTree(bytes)
    #expect(flattened.header.stringsSize == "dma-ranges".utf8.count + 1)
    #expect(bytes.count == flattened.header.totalSize)
    #expect(Tree(flattened) == tree)
  }

  @Test("thousands of different names take no quadratic time, and are read back")
  func manyNames() throws {
    let symbols = (0..<60_000).map { Property("label_\($0)", .string("/n\($0)")) }
    let tree = Tree(root: Node("", children: [Node("__symbols__", properties: symbols)]))
    let bytes = try tree.flattened()
    #expect(LibFDTReader.check(bytes) == 0)
    #expect(Tree(try FlattenedTree(bytes)) == tree)
  }

  @Test("the characters of names are those that dtc accepts", .requires(.dtc))
  func characters() throws {
    // In nodes of their own, so that dtc complains of each. The writer refuses most of these names,
    // so the trees are put together by hand.
    let characters = (1...126).map { UInt8($0) }.filter { $0 != UInt8(ascii: "/") }
    var strings: [UInt8] = []
    var nodes = StructureBlock()
    var properties = StructureBlock()
    nodes.begin([])
    properties.begin([])
    for character in characters {
      nodes.begin([UInt8(ascii: "x"), character])
      nodes.end()
      properties.begin(Array("n\(character)".utf8))
      properties.property(nameOffset: UInt32(strings.count), value: [])
      properties.end()
      strings += [UInt8(ascii: "x"), character, 0]
    }
    nodes.end()
    nodes.finish()
    properties.end()
    properties.finish()
    let nodeErrors = try errors(nodes.file())
    let propertyErrors = try errors(properties.file(strings: strings))
    for character in characters {
      let complaint = "Bad character '\(Character(Unicode.Scalar(character)))' in"
      let name = "x\(Character(Unicode.Scalar(character)))"
      #expect(
        isRefused(Node("", children: [Node(name)])) == nodeErrors.contains(complaint),
        "node, \(character)")
      #expect(
        isRefused(Node("", properties: [Property(name, .empty)]))
          == propertyErrors.contains(complaint), "property, \(character)")
    }
  }

  private func isRefused(_ root: Node) -> Bool {
    (try? Tree(root: root).flattened()) == nil
  }

  private func errors(_ bytes: [UInt8]) throws -> String {
    try Tool.dtc.run(["-f", "-I", "dtb", "-O", "dtb", "-o", "/dev/null", "-"], input: bytes).errors
  }
}
