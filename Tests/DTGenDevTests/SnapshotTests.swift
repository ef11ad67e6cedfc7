import DTGenTestSupport
import Testing

@testable import dtgen_dev

@Suite("What a run changed in the checkout", .requires(.git))
struct SnapshotTests {
  @Test("is what was written since, and not what had been changed before")
  func changes() throws {
    let scratch = try ScratchDirectory()
    func write(_ text: String, to name: String) throws {
      try scratch.write(Array(text.utf8), to: name)
    }
    _ = try Tool.git.run(["init", "-q"], directory: scratch.path)
    try write("ignored.log\n", to: ".gitignore")
    try write("one\n", to: "kept")
    try write("two\n", to: "changed")
    try write("draft\n", to: "uncommitted")
    _ = try Tool.git.run(["add", "kept", "changed"], directory: scratch.path)

    let before = try Snapshot(of: scratch.path)
    #expect(before.changes(in: try Snapshot(of: scratch.path)).isEmpty)
    try write("2\n", to: "changed")
    try write("new\n", to: "added")
    try write("noise\n", to: "ignored.log")
    let after = try Snapshot(of: scratch.path)

    #expect(before.changes(in: after) == ["added", "changed"])
    let difference = try before.difference(to: after)
    #expect(difference.contains("-two\n+2\n"))
    #expect(difference.contains("+++ after/added"))
    #expect(!difference.contains("draft"))
  }

  @Test("includes what was deleted")
  func deletion() {
    let before = Snapshot(["a": [1], "b": [2]])
    #expect(before.changes(in: Snapshot(["a": [1]])) == ["b"])
  }
}
