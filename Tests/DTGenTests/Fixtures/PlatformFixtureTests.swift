import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@Suite("the platforms of fixtures/", .requiresDistribution)
struct PlatformFixtureTests {
  @Test("give what they gave when somebody looked at it", arguments: BuiltFixture.names)
  func goldens(name: String) throws {
    let built = try BuiltFixture(name)
    #expect(built.result.status == 0, "\(built.result.errors)")
    let expected = "fixtures/platforms/\(name)/expected"
    Golden.expect(built.result.text + built.result.errors, matches: expected + "/summary.txt")
    var digests = ""
    for file in built.files {
      if Self.isBinary(file) {
        let sum = try Tool("sha256sum", package: "coreutils").run(
          [file], directory: built.scratch.path + "/out")
        digests += sum.text
      } else {
        Golden.expect(try built.text(file), matches: expected + "/" + file)
      }
    }
    Golden.expect(digests, matches: expected + "/digests.txt")
    let committed = try FileManager.default.contentsOfDirectory(
      atPath: Repository.root + "/" + expected)
    let emitted = built.files.filter { !Self.isBinary($0) } + ["summary.txt", "digests.txt"]
    #expect(committed.sorted() == emitted.sorted(), "an expected file that is no longer emitted")
  }

  /// Whether a file's digest is committed in its place.
  private static func isBinary(_ file: String) -> Bool {
    [".dtb", ".dtbo", ".aml"].contains { file.hasSuffix($0) }
  }

  @Test("are trees that libfdt accepts and reads as we do", arguments: BuiltFixture.withTrees)
  func libfdt(name: String) throws {
    let trees = try BuiltFixture(name).trees()
    #expect(!trees.isEmpty)
    for tree in trees {
      #expect(LibFDTReader.check(tree.bytes) == 0)
      let disagreement = try LibFDTReader(tree.bytes).disagreement(
        with: FlattenedTree(tree.bytes))
      #expect(disagreement == nil)
    }
  }

  @Test(
    "are text that dtc compiles back, without a warning", .requires(.dtc),
    arguments: BuiltFixture.withTrees)
  func dtc(name: String) throws {
    let built = try BuiltFixture(name)
    for tree in try built.trees() {
      let decompiled = try DTC.decompile(tree.bytes)
      #expect(DTC.faults(in: decompiled.warnings) == "", "dtc on \(tree.name)")
      let text = try built.text(tree.name.replacingOccurrences(of: ".dtb", with: ".dts"))
      let compiled = try DTC.compile(text)
      #expect(DTC.faults(in: compiled.warnings) == "", "dtc on the text of \(tree.name)")
      let ours = Tree(try FlattenedTree(tree.bytes))
      let theirs = Tree(try FlattenedTree(compiled.bytes))
      #expect(ours == theirs)
    }
  }

  @Test("are described by our bindings", .requires(.dtValidate), arguments: BuiltFixture.withTrees)
  func bindings(name: String) throws {
    for tree in try BuiltFixture(name).trees() {
      // The watchdog of raw-node is there because no noun and no binding knows it, the serial ports
      // of some VMMs until one does, and the hardware that is assigned to protected-kvm is made up.
      let findings = try DTValidate.findings(
        dtb: tree.bytes,
        unbound: [
          "arm,sp805", "example,accelerator", "example,decoder", "example,ethernet", "example,mmc",
        ])
      #expect(findings == [], "\(tree.name)")
    }
  }

  @Test(
    "give the same bytes from their model as from their description", arguments: BuiltFixture.names)
  func model(name: String) throws {
    let built = try BuiltFixture(name)
    let model = try #require(
      built.files.first { $0.hasSuffix(".json") && !$0.hasSuffix("-features.json") })
    let kinds = built.kinds.replacing(",dts", with: "")
    let again = try Command.run(
      ["build", "out/" + model, "-o", "again", "--emit", kinds], in: built.scratch)
    #expect(again.status == 0, "\(again.errors)")
    for file in built.files where !file.hasSuffix(".dts") {
      #expect(
        FileManager.default.contentsEqual(
          atPath: built.scratch.path + "/out/" + file,
          andPath: built.scratch.path + "/again/" + file), "\(file) differs")
    }
  }
}
