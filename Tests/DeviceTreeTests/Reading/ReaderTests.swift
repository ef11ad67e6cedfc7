import DTGenTestSupport
import DeviceTree
import Testing

@Suite("Reading a flattened tree")
struct ReaderTests {
  private func error(_ bytes: [UInt8], limits: Limits = Limits()) throws -> DeviceTreeError {
    try #require(throws: DeviceTreeError.self) { try FlattenedTree(bytes, limits: limits) }
  }

  private func block(_ build: (inout StructureBlock) -> Void) -> StructureBlock {
    var block = StructureBlock()
    build(&block)
    return block
  }

  @Test(
    "a tree cut short at any byte is refused", arguments: [SampleTree.guest, .empty, .oddities])
  func truncation(sample: SampleTree) throws {
    let bytes = try sample.tree.flattened()
    for count in bytes.indices {
      let error = try error(Array(bytes[..<count]))
      #expect(error.code == .truncated, "\(count) of \(bytes.count) bytes")
    }
  }

  @Test("a tree whose header admits the cut is refused too")
  func admittedTruncation() throws {
    let bytes = try SampleTree.guest.tree.flattened()
    for count in 40..<bytes.count {
      var cut = Array(bytes[..<count])
      cut.replaceSubrange(4..<8, with: StructureBlock.bigEndian(UInt32(count)))
      #expect(throws: DeviceTreeError.self, "\(count) bytes") { try FlattenedTree(cut) }
      // And with a structure block that ends there, as far as it reaches.
      let structure = Int(cut[11]) | Int(cut[10]) << 8
      guard count > structure else { continue }
      cut.replaceSubrange(
        36..<40, with: StructureBlock.bigEndian(UInt32(count - structure)))
      #expect(throws: DeviceTreeError.self, "\(count) bytes") { try FlattenedTree(cut) }
    }
  }

  @Test("what is no device tree is said so")
  func noTree() throws {
    #expect(try error([]).code == .truncated)
    #expect(try error(Array("\u{7f}ELF and more".utf8)).code == .badMagic)
    #expect(
      try error(Array("\u{7f}ELF and more".utf8)).description
        == "not a flattened device tree: it starts with 0x7f454c46, not 0xd00dfeed (at byte 0x0)")
  }

  @Test(
    "versions 16 and 17 and what is compatible with them are read, others not",
    arguments: [
      (15, 15, false), (16, 16, true), (17, 16, true), (17, 17, true), (18, 17, true),
      (18, 18, false), (17, 18, false), (16, 17, false), (0xffff_ffff, 16, true), (2, 1, false),
    ] as [(UInt32, UInt32, Bool)])
  func versions(version: UInt32, compatible: UInt32, isRead: Bool) {
    let bytes = block {
      $0.begin([])
      $0.end()
      $0.finish()
    }.file(version: version, compatible: compatible)
    if isRead {
      #expect(throws: Never.self) { try FlattenedTree(bytes) }
    } else {
      #expect(throws: DeviceTreeError(.badVersion, "")) { try FlattenedTree(bytes) }
    }
  }

  @Test("NOPs are skipped wherever they stand")
  func noOperations() throws {
    let bytes = block {
      $0.noOperation()
      $0.begin([])
      $0.noOperation()
      $0.property(nameOffset: 0, value: [1])
      $0.noOperation()
      $0.property(nameOffset: 0, value: [2])
      $0.noOperation()
      $0.begin([0x61])
      $0.noOperation()
      $0.end()
      $0.noOperation()
      $0.end()
      $0.noOperation()
      $0.finish()
    }.file(strings: [0x70, 0])
    let tree = try FlattenedTree(bytes)
    #expect(tree.nodes.map(\.path) == ["/", "/a"])
    #expect(tree.root.properties.map { Array($0.bytes) } == [[1], [2]])
  }

  @Test(
    "a structure block at any offset is read: tokens are aligned to its start",
    arguments: 0...7, [0, 1, 4095])
  func misalignment(misalignment: Int, slack: Int) throws {
    let bytes = block {
      $0.begin([])
      $0.property(nameOffset: 0, value: [1, 2, 3])
      $0.begin(Array("child".utf8))
      $0.end()
      $0.end()
      $0.finish()
    }.file(
      strings: [0x70, 0], reservations: [(1, 2)], misalignment: misalignment, slack: slack)
    let tree = try FlattenedTree(bytes + [1, 2, 3])
    #expect(tree.header.structureOffset % 4 == misalignment % 4)
    #expect(tree.nodes.map(\.path) == ["/", "/child"])
    #expect(tree.root.properties.map { Array($0.bytes) } == [[1, 2, 3]])
    #expect(LibFDTReader.check(bytes) == 0)
  }

  @Test("reservations are read up to the first of size zero, as Linux does")
  func reservations() throws {
    let structure = block {
      $0.begin([])
      $0.end()
      $0.finish()
    }
    let bytes = structure.file(reservations: [(0, 1), (UInt64.max, 2), (5, 0), (6, 7)])
    let tree = try FlattenedTree(bytes)
    #expect(tree.memoryReservations.map(\.address) == [0, UInt64.max])
    #expect(tree.memoryReservations.map(\.byteOffset) == [40, 56])
    #expect(try LibFDTReader(bytes).memoryReservations.count == 2)
  }

  @Test("reservations without an end are refused")
  func endlessReservations() throws {
    var bytes = block {
      $0.begin([])
      $0.end()
      $0.finish()
    }.file()
    // The list starts eight bytes before the end of the file.
    bytes.replaceSubrange(16..<20, with: StructureBlock.bigEndian(UInt32(bytes.count - 8)))
    #expect(try error(bytes).code == .truncated)
  }

  @Test(
    "a structure block that breaks the grammar is refused with its byte",
    arguments: BrokenBlock.all)
  func grammar(broken: BrokenBlock) throws {
    let error = try error(broken.block.file(strings: [0x70, 0]))
    #expect(error.code == broken.code)
    #expect(error.byteOffset == 56 + broken.offset)
  }

  @Test("ten thousand nested nodes are refused, and with a higher limit read and shown")
  func nesting() throws {
    let depth = 10_000
    let bytes = block { block in
      block.begin([])
      for _ in 1..<depth { block.begin([0x61]) }
      for _ in 0..<depth { block.end() }
      block.finish()
    }.file()
    #expect(try error(bytes).code == .limitExceeded)
    let tree = try FlattenedTree(bytes, limits: Limits(maximumDepth: depth))
    #expect(tree.nodeCount == depth)
    #expect(tree.nodes.last?.path.count == 2 * (depth - 1))
  }

  @Test("each limit holds at its value and not below")
  func limits() throws {
    let bytes = try SampleTree.guest.tree.flattened()
    let tree = try FlattenedTree(bytes)
    let exact = Limits(
      maximumSize: bytes.count, maximumDepth: 3, maximumNodes: tree.nodeCount,
      maximumProperties: tree.propertyCount, maximumNameLength: "interrupts-extended".count + 1)
    #expect(throws: Never.self) { try FlattenedTree(bytes, limits: exact) }
    let fields: [WritableKeyPath<Limits, Int>] = [
      \.maximumSize, \.maximumDepth, \.maximumNodes, \.maximumProperties, \.maximumNameLength,
    ]
    for field in fields {
      for value in [exact[keyPath: field] - 1, 0, -1, Int.min] {
        var lower = exact
        lower[keyPath: field] = value
        #expect(try error(bytes, limits: lower).code == .limitExceeded)
      }
    }
  }
}

/// A structure block that no reader may accept.
struct BrokenBlock: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let code: DeviceTreeError.Code
  /// Where the error is, from the start of the block.
  let offset: Int
  let block: StructureBlock

  init(
    _ description: String, _ code: DeviceTreeError.Code, at offset: Int,
    _ build: (inout StructureBlock) -> Void
  ) {
    testDescription = description
    self.code = code
    self.offset = offset
    var block = StructureBlock()
    build(&block)
    self.block = block
  }

  static let all = [
    BrokenBlock("nothing", .truncated, at: 0) { _ in },
    BrokenBlock("no root", .badStructure, at: 0) { $0.finish() },
    BrokenBlock("no end", .truncated, at: 12) {
      $0.begin([])
      $0.end()
    },
    BrokenBlock("an open node at the end", .badStructure, at: 8) {
      $0.begin([])
      $0.finish()
    },
    BrokenBlock("a node too many closed", .badStructure, at: 12) {
      $0.begin([])
      $0.end()
      $0.end()
      $0.finish()
    },
    BrokenBlock("two roots", .badStructure, at: 12) {
      $0.begin([])
      $0.end()
      $0.begin([])
      $0.end()
      $0.finish()
    },
    BrokenBlock("a property before the root", .badStructure, at: 0) {
      $0.property(nameOffset: 0, value: [])
      $0.begin([])
      $0.end()
      $0.finish()
    },
    BrokenBlock("a property behind the root", .badStructure, at: 12) {
      $0.begin([])
      $0.end()
      $0.property(nameOffset: 0, value: [])
      $0.finish()
    },
    BrokenBlock("a property behind a child", .badStructure, at: 20) {
      $0.begin([])
      $0.begin([0x61])
      $0.end()
      $0.property(nameOffset: 0, value: [])
      $0.end()
      $0.finish()
    },
    BrokenBlock("an unknown token", .badStructure, at: 8) {
      $0.begin([])
      $0.token(5)
      $0.end()
      $0.finish()
    },
    BrokenBlock("a name outside the strings", .badOffset, at: 16) {
      $0.begin([])
      $0.property(nameOffset: 2, value: [])
      $0.end()
      $0.finish()
    },
    BrokenBlock("a value past the block", .truncated, at: 12) {
      $0.begin([])
      $0.token(3)
      $0.token(0x7fff_ffff)
      $0.token(0)
    },
    BrokenBlock("a name without an end", .unterminatedString, at: 4) {
      $0.token(1)
      $0.token(0x6161_6161)
    },
  ]
}
