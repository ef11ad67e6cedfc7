import DTGenTestSupport
import DeviceTree
import Testing

@Suite("The reader against libfdt")
struct OracleTests {
  private func expectAgreement(_ bytes: [UInt8]) throws {
    #expect(try LibFDTReader(bytes).disagreement(with: FlattenedTree(bytes)) == nil)
  }

  @Test("they agree on every node, property and offset that we write", arguments: SampleTree.all)
  func written(sample: SampleTree) throws {
    try expectAgreement(sample.tree.flattened())
  }

  @Test(
    "they agree on what QEMU writes, a megabyte of slack included", .requires(.qemuArm),
    arguments: QEMUTree.all)
  func qemu(machine: QEMUTree) throws {
    let bytes = try machine.dump()
    #expect(bytes.count == 1 << 20)
    try expectAgreement(bytes)
    // Written again, the tree is the same and has no slack.
    let tree = Tree(try FlattenedTree(bytes))
    let again = try tree.flattened()
    #expect(Tree(try FlattenedTree(again)) == tree)
    #expect(again.count < 1 << 14)
    try expectAgreement(again)
  }

  @Test(
    "they agree on what dtc writes, in versions 16 and 17", .requires(.dtc),
    arguments: SampleTree.accepted, ["16", "17"])
  func dtc(sample: SampleTree, version: String) throws {
    let result = try Tool.dtc.run(
      ["-I", "dtb", "-O", "dtb", "-V", version, "-p", "64", "-o", "-", "-"],
      input: sample.tree.flattened())
    let tree = try FlattenedTree(result.output)
    #expect(String(tree.header.version) == version)
    #expect(Tree(tree) == sample.tree)
    try expectAgreement(result.output)
  }

  @Test("our bytes are decompiled by dtc to a tree that compiles to the same", .requires(.dtc))
  func decompiled() throws {
    for sample in SampleTree.accepted {
      let bytes = try sample.tree.flattened()
      let again = try DTC.compile(DTC.decompile(bytes).source).bytes
      var tree = Tree(try FlattenedTree(again))
      tree.bootCPU = sample.tree.bootCPU
      #expect(tree == sample.tree)
    }
  }

  /// What becomes of a tree with one byte changed.
  private enum Verdict { case bothAccept, bothRefuse, differ(String) }

  private func verdict(_ bytes: [UInt8]) -> Verdict {
    let isAccepted = LibFDTReader.check(bytes) == 0
    do {
      let tree = try FlattenedTree(bytes)
      // Whatever was accepted can be shown and turned into a value.
      _ = tree.sourceText(options: SourceTextOptions(annotated: true))
      _ = Tree(tree)
      // libfdt refuses a root with a name; Linux boots with it, and the name means nothing.
      if isAccepted || !tree.root.name.isEmpty { return .bothAccept }
      return .differ("only we accept")
    } catch {
      if !isAccepted || Self.isKnownStrictness(error) { return .bothRefuse }
      return .differ("only we refuse: \(error)")
    }
  }

  /// Where we refuse what libfdt accepts, on purpose.
  private static func isKnownStrictness(_ error: DeviceTreeError) -> Bool {
    // Versions 2 to 15, whose node names are paths.
    if error.code == .badVersion { return true }
    // Neither dtc nor libfdt writes such properties, and Linux overlooks them.
    if error.message == "a property behind a child node" { return true }
    if error.message == "a property outside every node" { return true }
    return error.message == "the tree has no root node"
  }

  /// A tree with one of each token, in version 17 or 16.
  private func smallTree(version: UInt32) -> [UInt8] {
    var structure = StructureBlock()
    structure.begin([])
    structure.property(nameOffset: 0, value: [0, 0, 0, 1])
    structure.noOperation()
    structure.property(nameOffset: 2, value: Array("text\0".utf8))
    structure.begin(Array("n@1".utf8))
    structure.property(nameOffset: 4, value: [])
    structure.end()
    structure.end()
    structure.finish()
    return structure.file(
      strings: Array("a\0b\0phandle\0".utf8), reservations: [(0x1000, 0x10)], version: version)
  }

  @Test("no value of no byte traps, and libfdt judges alike", arguments: [16, 17] as [UInt32])
  func everyByteEveryValue(version: UInt32) throws {
    let original = smallTree(version: version)
    var accepted = 0
    var refused = 0
    for offset in original.indices {
      for change in UInt8(0)...255 {
        var bytes = original
        bytes[offset] ^= change
        switch verdict(bytes) {
        case .bothAccept: accepted += 1
        case .bothRefuse: refused += 1
        case .differ(let how): Issue.record("byte \(offset) ^ \(change): \(how)")
        }
      }
    }
    // The test sees both sides.
    #expect(accepted > 10_000)
    #expect(refused > 10_000)
  }

  @Test("every byte of a guest's tree inverted: no trap, and libfdt judges alike")
  func invertedBytes() throws {
    let original = try SampleTree.guest.tree.flattened()
    for offset in original.indices {
      var bytes = original
      bytes[offset] ^= 0xff
      if case .differ(let how) = verdict(bytes) { Issue.record("byte \(offset): \(how)") }
    }
  }

  @Test("where libfdt accepts a changed tree, both read the same from it")
  func sameMeaning() throws {
    let original = smallTree(version: 17)
    var compared = 0
    for offset in original.indices {
      for bit in 0..<8 {
        var bytes = original
        bytes[offset] ^= 1 << bit
        guard let oracle = try? LibFDTReader(bytes), let tree = try? FlattenedTree(bytes) else {
          continue
        }
        compared += 1
        #expect(oracle.disagreement(with: tree) == nil, "byte \(offset), bit \(bit)")
      }
    }
    #expect(compared > 500)
  }
}
