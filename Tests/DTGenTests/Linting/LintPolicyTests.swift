import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("A policy, in runs over all and over a part", .requiresDistribution, .requires(.dtc))
struct LintPolicyTests {
  private let trees: TreeDirectory

  init() throws { trees = try TreeDirectory() }

  private func waive(_ files: String?...) throws {
    let waivers = files.map { file in
      let file = file.map { ", file: '\($0)'" } ?? ""
      return "{rule: 'memory/region-overlap', node: '/reserved-memory/*', reason: 'meant'\(file)}"
    }
    try trees.policy("{\n  waivers: [\n" + waivers.map { "    \($0),\n" }.joined() + "  ],\n}")
  }

  @Test(
    "may not say anything twice",
    arguments: [
      (
        #"{failOn: "never", "failOn": "note"}"#,
        "1:19: the key 'failOn' is there already, on line 1"
      ),
      (
        "{\n  severities: {\n    dma: 'off', // as ever\n    \"dma\": 'error',\n  },\n}",
        "4:5: the key 'dma' is there already, on line 3"
      ),
      (
        #"{waivers: [{rule: "a", rule: "b"}]}"#, "1:24: the key 'rule' is there already, on line 1"
      ),
      ("{waivers: [], waivers: []}", "1:15: the key 'waivers' is there already, on line 1"),
    ])
  func duplicates(text: String, words: String) throws {
    try trees.policy(text)
    let result = try trees.lint("trees")
    #expect(result.status == 78)
    #expect(result.errors == "dtgen: error: .dtgen.json:\(words)\n")
    #expect(result.text == "")
  }

  @Test("is refused with the line and the column of what is wrong")
  func places() throws {
    try trees.policy("{\n  // a comment\n  severities: { 'dmaa': 'off' },\n}")
    #expect(
      try trees.lint("trees").errors.hasPrefix("dtgen: error: .dtgen.json:3:17: severities.dmaa: "))
    try trees.policy("{\n  waivers: [\n    {rule: 'dma/two-pools', node: '/'},\n  ],\n}")
    #expect(
      try trees.lint("trees").errors
        == "dtgen: error: .dtgen.json:3:5: waivers[0].reason: is missing\n")
    try trees.policy("{ failOn: 'note' ")
    #expect(
      try trees.lint("trees").errors
        == "dtgen: error: .dtgen.json:1:18: the document ends too early\n")
    try trees.remove(".dtgen.json")
    try trees.link(".dtgen.json", to: "nowhere.json")
    #expect(try trees.lint("trees").status == 66, "a link that leads nowhere is no policy")
  }

  @Test("is held to a baseline that says everything once")
  func baselineTwice() throws {
    try trees.policy("{baseline: 'b.json'}")
    try trees.scratch.write(
      Array("{\"version\": 1,\n \"findings\": [], \"findings\": []}".utf8), to: "b.json")
    let result = try trees.lint("trees")
    #expect(result.status == 78)
    #expect(
      result.errors
        == "dtgen: error: b.json:2:18: the key 'findings' is there already, on line 2\n")
  }

  @Test(
    "fails a run that can tell that a waiver is for no file",
    arguments: [
      ("trees/bord.dtb", ["trees"]), ("trees/b*d.dtbo", ["trees"]), ("bord.dtb", ["."]),
      ("trees/**/none.dtb", ["trees", "trees/board.dtb"]), ("tree?/none.dtb", ["."]),
      ("trees/*.DTB", ["trees/*.DTB", "trees"]),
    ])
  func withoutFile(file: String, inputs: [String]) throws {
    try waive("board.dtb", file)
    let result = try Command.run(["lint"] + inputs, in: trees.scratch)
    if file == "trees/*.DTB" {
      #expect(result.status == 66, "the pattern on the command line has no file either")
    } else {
      #expect(result.status == 78)
    }
    #expect(
      result.errors.hasSuffix(
        "dtgen: error: .dtgen.json:4:5: there is no file for the waiver of memory/region-overlap at "
          + "/reserved-memory/* in \(file)\n"), "\(result.errors)")
  }

  @Test(
    "doesn't fail a run that can't tell, which counts the waiver",
    arguments: [
      ("other/none.dtb", ["trees"], "no file of this run is one that it speaks of"),
      ("bord.dtb", ["trees"], "no file of this run is one that it speaks of"),
      ("trees/board.dtb", ["trees/sub"], "no file of this run is one that it speaks of"),
      ("trees/**", ["trees/sub"], "this run may lack the file that needs it"),
      ("trees/sub/*.dtb", ["trees/sub/clean.dtb"], "this run may lack the file that needs it"),
    ])
  func notJudged(file: String, inputs: [String], because: String) throws {
    try waive(file)
    let result = try Command.run(
      ["lint", "--fail-on", "never"] + inputs, in: trees.scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("; 1 waiver not judged"))
    let verbose = try Command.run(["lint", "-v"] + inputs, in: trees.scratch)
    #expect(
      verbose.text.contains(
        "not judged: the waiver of memory/region-overlap at /reserved-memory/* in \(file): \(because)"
      ))
    let json = try Command.run(["lint", "--format", "json"] + inputs, in: trees.scratch)
    let waivers = try TreeDirectory.document(json)["waivers"] as? [[String: String]]
    #expect(waivers?.count == 1)
    #expect(waivers?.first?["status"] == "notJudged")
    #expect(waivers?.first?["because"] == because)
  }

  @Test("lets a build judge its trees one by one, with one policy for all")
  func oneByOne() throws {
    try waive("trees/**")
    #expect(try trees.lint("trees/board.dtb").status == 0)
    #expect(try trees.lint("trees/sub/clean.dtb").status == 0)
    #expect(try trees.lint("trees").status == 0)
    try trees.write(TreeDirectory.clean, to: "trees/board.dtb")
    #expect(try trees.lint("trees/board.dtb").status == 0, "another file may need it")
    let all = try trees.lint("trees")
    #expect(all.status == 78)
    #expect(all.errors.contains(".dtgen.json:3:5: nothing needs the waiver of"))
    #expect(try trees.lint("trees", "--rule", "dma").status == 0, "its rule was not asked")
  }

  @Test("takes no waiver for idle whose file could not be judged")
  func failed() throws {
    try waive("trees/board.dtb")
    try trees.scratch.write([1, 2], to: "trees/board.dtb")
    let result = try trees.lint("trees", "-v")
    #expect(result.status == 65)
    #expect(result.text.contains("its file could not be judged"))
  }

  @Test("is read from a pipe only where the command line says so", .timeLimit(.minutes(1)))
  func pipe() throws {
    _ = try trees.shell("mkfifo .dtgen.json pipe")
    var result = try trees.lint("trees")
    #expect(result.status == 78)
    #expect(result.errors.contains(".dtgen.json: is a pipe or a device, not a file"))
    _ = try trees.shell("rm .dtgen.json; echo '{\"baseline\": \"pipe\"}' > .dtgen.json")
    result = try trees.lint("trees")
    #expect(result.status == 78)
    #expect(result.errors.contains("pipe: is a pipe or a device, not a file"))
    _ = try trees.shell("rm .dtgen.json")
    #expect(
      try trees.shell("dtgen lint --policy <(echo '{\"failOn\": \"never\"}') trees").status == 0)
  }
}
