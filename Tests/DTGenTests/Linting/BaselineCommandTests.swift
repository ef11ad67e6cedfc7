import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("dtgen baseline, in runs over all and over a part", .requiresDistribution, .requires(.dtc))
struct BaselineCommandTests {
  private let trees: TreeDirectory

  /// A baseline of one finding in each of three files.
  init() throws {
    trees = try TreeDirectory()
    try trees.make("other")
    for name in ["trees/sub/second.dtb", "other/third.dtb"] {
      try trees.write(TreeDirectory.board, to: name)
    }
    try trees.policy("{ baseline: 'known.json' }")
    #expect(try trees.baseline("create", "trees", "other").text == "3 findings in known.json\n")
  }

  @Test("leaves alone, and counts, what is known of files that a run doesn't look at")
  func partial() throws {
    let rest = "; 2 not judged, in files that were not looked at\n"
    #expect(try trees.baseline("check", "trees/board.dtb").text == "0 new, 0 gone" + rest)
    #expect(try trees.baseline("prune", "trees/board.dtb").text == "0 gone from known.json" + rest)
    #expect(try trees.baseline("check", "trees", "other").text == "0 new, 0 gone\n")
    try trees.remove("trees/sub/second.dtb")
    #expect(try trees.baseline("check", "other").status == 0)
  }

  @Test("forgets files that a directory has no longer")
  func goneFromDirectory() throws {
    try trees.remove("trees/sub/second.dtb")
    let check = try trees.baseline("check", "trees")
    #expect(check.status == 1)
    #expect(
      check.text.hasPrefix("trees/sub/second.dtb: /reserved-memory/"), "\(check.text)")
    #expect(check.text.contains(": is gone [memory/region-overlap]\n0 new, 1 gone; 1 not judged"))
    let lint = try trees.lint("trees")
    #expect(lint.status == 0)
    #expect(lint.errors.contains("known.json: 1 finding is no longer there"))
    #expect(try trees.baseline("prune", "trees").text.hasPrefix("1 gone from known.json"))
    #expect(try trees.baseline("check", "trees", "other").text == "0 new, 0 gone\n")
  }

  @Test("forgets files, directories and patterns that are named and gone")
  func goneByName() throws {
    try trees.remove("other")
    #expect(try trees.baseline("check", "other/third.dtb").status == 66)
    #expect(try trees.baseline("prune", "none.dtb").status == 66, "nothing is known of it")
    #expect(try trees.baseline("prune", "other/third.dtb").text.hasPrefix("1 gone from known.json"))
    #expect(try trees.baseline("prune", "other/third.dtb").status == 66)
    try trees.remove("trees/sub/second.dtb")
    try trees.remove("trees/sub/clean.dtb")
    #expect(try trees.baseline("check", "trees/sub").status == 66)
    #expect(try trees.baseline("prune", "trees/sub").text.hasPrefix("1 gone from known.json"))
    try trees.remove("trees")
    #expect(try trees.baseline("prune", "trees").text == "1 gone from known.json\n")
  }

  @Test("forgets what a pattern stood for")
  func goneByPattern() throws {
    try trees.remove("other/third.dtb")
    #expect(try trees.baseline("prune", "other/*.dtb").text.hasPrefix("1 gone from known.json"))
  }

  @Test("forgets nothing of rules that were not asked, nor of a file that can't be read")
  func otherRules() throws {
    let before = trees.scratch.read("known.json")
    let some = try trees.baseline("prune", "trees", "other", "--rule", "dma")
    #expect(some.text == "0 gone from known.json\n")
    try trees.scratch.write([1, 2], to: "trees/board.dtb")
    #expect(try trees.baseline("prune", "trees", "other").status == 65)
    #expect(trees.scratch.read("known.json") == before)
  }
}
