import ArgumentParser
import DTGenTestSupport
import DeviceTree
import Foundation

/// `dtgen-dev import`: imports trees, makes trees of what came of them, and says where they differ.
struct ImportCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import trees, lay them out again, and compare.",
    discussion: """
      Without arguments, the trees of Debian's arm64 kernel are taken, which .ci/corpus fetches. \
      With --compile, dist/ does the work: the text goes through the compiler, and swift format \
      looks at it.
      """)

  @Argument(help: "Flattened device trees.")
  var trees: [String] = []

  @Flag(help: "Spell every node out.")
  var raw = false

  @Flag(help: "Build what was written, with the command of dist/.")
  var compile = false

  @Option(help: "Take only every so many of the trees.")
  var every = 1

  func validate() throws {
    if every < 1 { throw ValidationError("--every takes a number from 1 on.") }
  }

  func run() throws {
    let taken = try names().enumerated().filter { $0.offset % every == 0 }.map(\.element)
    var failures = 0
    var text = 0
    var longest = (seconds: 0.0, name: "")
    for name in taken {
      do {
        let start = Date()
        let result = try compile ? compiled(name) : modelled(name)
        let seconds = Date().timeIntervalSince(start)
        if seconds > longest.seconds { longest = (seconds, name) }
        text += result.text
        for difference in result.differences { print("\(name): \(difference)") }
        if !result.differences.isEmpty { failures += 1 }
      } catch {
        print("\(name): \(error)")
        failures += 1
      }
    }
    print("\(taken.count) trees, \(failures) not given back; \(text >> 10) KiB of Swift")
    if compile, !longest.name.isEmpty {
      print(String(format: "longest: %.1f s, ", longest.seconds) + longest.name)
    }
    if failures > 0 { throw ExitCode.failure }
  }

  private func names() throws -> [String] {
    if !trees.isEmpty { return trees }
    let directory = Repository.root + "/.build/corpus/dtb"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    if names.isEmpty { throw Failure("there are no trees: run .ci/corpus") }
    return names.sorted().map { directory + "/" + $0 }
  }

  /// By the model alone.
  private func modelled(_ name: String) throws -> ImportResult {
    try ImportResult(
      modelling: [UInt8](Data(contentsOf: URL(fileURLWithPath: name))), usesNouns: !raw)
  }

  /// By the text, as a user has it.
  private func compiled(_ name: String) throws -> ImportResult {
    try ImportResult(compiling: name, options: raw ? ["--raw"] : [])
  }
}
