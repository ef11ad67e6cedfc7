import DTGenTestSupport
import DeviceTree
import Testing

@Suite("A file with room behind its tree")
struct PaddedFileTests {
  private func needed(_ bytes: [UInt8]) -> Int {
    FlattenedTree.sizeNeeded(of: Array(bytes.prefix(40)))
  }

  @Test("is read as far as the tree goes, and gives the same tree", arguments: SampleTree.all)
  func padded(sample: SampleTree) throws {
    let whole = try sample.tree.flattened()
    var padded = whole + [UInt8](repeating: 0, count: 4096)
    padded.replaceSubrange(4..<8, with: StructureBlock.bigEndian(UInt32(padded.count)))
    let size = needed(padded)
    #expect(size <= whole.count)
    let start = Array(padded.prefix(size))
    #expect(FlattenedTree.sizeNeeded(of: start) == size)
    let tree = try FlattenedTree(start, fileSize: padded.count)
    #expect(Tree(tree) == sample.tree)
    #expect(tree.header.totalSize == padded.count)
  }

  @Test("is read as a whole where its header doesn't tell how far the tree goes")
  func untold() throws {
    var block = StructureBlock()
    block.begin([])
    block.end()
    block.finish()
    #expect(needed(block.file(slack: 100)) == block.file().count)
    #expect(needed(block.file(version: 16, slack: 100)) == .max)
    #expect(needed([]) == .max)
    #expect(needed(Array("#!/bin/sh".utf8)) == .max)
    // The reservations stand behind everything else.
    var behind = block.file(slack: 100)
    behind.replaceSubrange(16..<20, with: StructureBlock.bigEndian(UInt32(behind.count - 32)))
    let start = Array(behind.prefix(needed(behind)))
    #expect(FlattenedTree.sizeNeeded(of: start) == .max)
    #expect(try FlattenedTree(behind).memoryReservations.isEmpty)
  }

  @Test("is refused where less was read than the tree needs, or than the header claims")
  func tooShort() throws {
    var block = StructureBlock()
    block.begin([])
    block.end()
    block.finish()
    let file = block.file(slack: 100)
    for count in 0..<needed(file) {
      #expect(throws: DeviceTreeError.self) {
        try FlattenedTree(Array(file.prefix(count)), fileSize: file.count)
      }
    }
    #expect(throws: DeviceTreeError.self) { try FlattenedTree(file, fileSize: file.count - 1) }
  }
}
