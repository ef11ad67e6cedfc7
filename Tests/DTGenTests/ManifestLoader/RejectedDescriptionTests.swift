import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

/// Descriptions in `fixtures/rejected` that give no model, each with the words that say why.
@Suite("a description that gives no model", .requiresDistribution)
struct RejectedDescriptionTests {
  /// A directory there, and how its failure is classified.
  struct Fixture: CustomTestStringConvertible, Sendable {
    let name: String
    let code: ManifestError.Code
    /// Milliseconds, where the fixture is about time.
    var timeLimit = 10_000

    init(_ name: String, _ code: ManifestError.Code, timeLimit: Int = 10_000) {
      self.name = name
      self.code = code
      self.timeLimit = timeLimit
    }

    var testDescription: String { name }
  }

  static let fixtures = [
    Fixture("arithmetic-overflow", .stopped),
    Fixture("code-at-top-level", .notCompiling),
    Fixture("draws-random-numbers", .forbidden),
    Fixture("endless-loop", .tooSlow, timeLimit: 1000),
    Fixture("exits", .stopped),
    Fixture("fatal-error", .stopped),
    Fixture("index-out-of-range", .stopped),
    Fixture("looks-for-a-file", .forbidden),
    Fixture("missing-brace", .notCompiling),
    Fixture("misspelt-word", .notCompiling),
    Fixture("nil-unwrapped", .stopped),
    Fixture("no-platform", .noPlatform),
    Fixture("opens-a-socket", .forbidden),
    Fixture("platform-of-another-type", .noPlatform),
    Fixture("prints-too-much", .tooLarge),
    Fixture("private-platform", .noPlatform),
    Fixture("reads-a-file", .forbidden),
    Fixture("reads-its-input", .forbidden),
    Fixture("runs-a-program", .forbidden),
    Fixture("sleeps", .forbidden),
    Fixture("stack-overflow", .stopped),
    Fixture("starts-a-process", .forbidden),
    Fixture("starts-a-thread", .forbidden),
    Fixture("too-much-memory", .tooLarge),
    Fixture("unknown-module", .notCompiling),
    Fixture("writes-a-file", .forbidden),
  ]

  private static func withoutColumns(_ text: String) -> String {
    text.replacing(#/(platform\.swift:)\d+:\d+/#) { "\($0.output.1)" }
  }

  @Test("is refused in one sentence that says where and why", arguments: fixtures)
  func message(of fixture: Fixture) throws {
    var bench = try Bench()
    bench.options.timeLimit = fixture.timeLimit
    let directory = Repository.fixtures + "/rejected/" + fixture.name
    let error = #expect(throws: ManifestError.self) {
      try bench.loader.load([directory + "/platform.swift"])
    }
    let text = (error?.text ?? "").replacingOccurrences(of: directory + "/", with: "") + "\n"
    let expected = directory + "/expected.txt"
    if ProcessInfo.processInfo.environment["DTGEN_BLESS"] != nil {
      try text.write(toFile: expected, atomically: true, encoding: .utf8)
      Issue.record("recorded \(expected)")
    }
    let said = try String(contentsOfFile: expected, encoding: .utf8)
    if fixture.code == .tooSlow {
      // Where in the loop it was stopped depends on how busy the machine is.
      #expect(Self.withoutColumns(text) == Self.withoutColumns(said), "\(text)")
    } else {
      #expect(text == said)
    }
    #expect(error?.code == fixture.code)
    #expect(error?.exitStatus == 65)
    #expect(bench.litter == [])
    #expect(!FileManager.default.fileExists(atPath: directory + "/written.txt"))
  }

  @Test("keeps what it printed before it failed")
  func printedBeforeFailing() throws {
    let bench = try Bench()
    let source = try bench.write(
      """
      import PlatformDescription
      let platform = make()
      func make() -> Platform {
        print("so far, so good")
        fatalError("no further")
      }
      """)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error.map { String(decoding: $0.standardOutput, as: UTF8.self) } == "so far, so good\n")
  }

  @Test("names the limit that its model exceeds")
  func modelTooLarge() throws {
    var bench = try Bench()
    bench.options.modelLimit = 1 << 20
    let source = try bench.write(
      Description.named("String(repeating: \"x\", count: 2 << 20)"))
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.text == "\(source): error: the model is larger than 1 MiB")
    #expect(error?.exitStatus == 65)
  }

  @Test("cannot pass words of its own to a terminal through the name of a file")
  func hostileFileName() throws {
    let bench = try Bench()
    let source = try bench.write(
      """
      import Glibc
      import PlatformDescription
      let platform = make()
      func make() -> Platform {
        let file = fopen("\\u{1b}[2J\\nerror: all is well", "r")
        fatalError("\\(String(describing: file))")
      }
      """)
    let error = #expect(throws: ManifestError.self) { try bench.loader.load([source]) }
    #expect(error?.text.contains("'\\u{1b}[2J\\u{a}error: all is well'") == true)
    #expect(error?.text.contains("\u{1b}") == false)
  }
}
