import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("The time that a run may take", .requiresDistribution, .requires(.dtc))
struct LintTimeTests {
  private let trees: TreeDirectory

  /// A pipe that nobody writes to takes for ever, as no tree does.
  init() throws {
    trees = try TreeDirectory()
    try #require(mkfifo(trees.scratch.path + "/pipe", 0o600) == 0)
  }

  private let late = "pipe: was still being judged when the 1 s of --max-time were over"

  @Test("is one for all, and what was judged in it is reported")
  func reported() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      let result = try trees.lint("trees", "pipe", "--max-time", "1", "--fail-on", "never")
      #expect(result.status == 75)
      #expect(result.errors == "dtgen: error: \(late)\n")
      #expect(result.text.contains("[memory/region-overlap]"))
      #expect(result.text.contains("2 files, "))
      #expect(result.text.contains("1 input could not be judged"))
    }
    #expect(time > .milliseconds(900) && time < .seconds(10))
  }

  @Test("leaves behind it what was not reached, in every form of a report")
  func unreached() throws {
    let result = try trees.lint(
      "pipe", "trees", "--max-time", "1", "--format", "json", "--format", "sarif=s.sarif",
      "--format", "junit=j.xml")
    #expect(result.status == 75)
    let document = try TreeDirectory.document(result)
    #expect((document["files"] as? [Any])?.isEmpty == true)
    let unreadable = try #require(document["unreadable"] as? [[String: String]])
    #expect(unreadable.map { $0["file"] } == ["pipe", "trees/board.dtb", "trees/sub/clean.dtb"])
    #expect(unreadable[1]["message"] == "was not reached when the 1 s of --max-time were over")
    let sarif = String(decoding: try #require(trees.scratch.read("s.sarif")), as: UTF8.self)
    #expect(sarif.contains("\"executionSuccessful\": false"))
    let junit = String(decoding: try #require(trees.scratch.read("j.xml")), as: UTF8.self)
    #expect(junit.contains("tests=\"3\" failures=\"0\" errors=\"3\""))
  }

  @Test("names a few of many, and counts the others")
  func many() throws {
    let bytes = try #require(trees.scratch.read("trees/board.dtb"))
    for number in 0..<14 { try trees.scratch.write(bytes, to: "trees/\(number).dtb") }
    let result = try trees.lint("pipe", "trees", "--max-time", "1")
    #expect(result.status == 75)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 9)
    #expect(lines.last == "dtgen: error: and 9 more files, for want of time")
    #expect(result.text == "")
  }

  @Test("lets no baseline be made of a part")
  func baseline() throws {
    let result = try trees.baseline(
      "create", "trees", "pipe", "--max-time", "1", "--baseline", "b.json")
    #expect(result.status == 75)
    #expect(result.errors == "dtgen: error: \(late)\n")
    #expect(trees.scratch.read("b.json") == nil)
  }

  @Test("is not spent where a writer comes in time")
  func patience() throws {
    let result = try trees.shell(
      "(sleep 0.3; cat trees/sub/clean.dtb > pipe) & dtgen lint pipe --max-time 30; exit $?")
    #expect(result.status == 0, "\(result.errors)")
  }
}

@Suite("Work on all processors")
struct ParallelTests {
  private func values(_ results: [Parallel.Result<Int>]) -> [Int?] {
    results.map { if case .done(let value) = $0 { value } else { nil } }
  }

  @Test("gives what comes of each number, in order", arguments: [0, 1, 15, 16, 33, 1000])
  func order(count: Int) {
    #expect(values(Parallel.map(count, within: 0) { $0 * $0 }) == (0..<count).map { $0 * $0 })
    #expect(values(Parallel.map(count, within: 60) { -$0 }) == (0..<count).map { -$0 })
  }
}
