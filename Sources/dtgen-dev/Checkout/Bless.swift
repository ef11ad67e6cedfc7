import ArgumentParser
import DTGenTestSupport
import Foundation

/// `dtgen-dev bless`: records what comes out as what should come out.
struct Bless: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Record goldens and generated pages, and show what changed.",
    discussion: """
      Whoever records looks at the difference. So a run that rewrote a file is never green: it ends \
      with status 1, and the next one, which finds nothing to rewrite, with 0.
      """)

  @Argument(help: "Only the tests whose names match, as in 'swift test --filter'.")
  var name: String?

  func run() throws {
    // Goldens of the command come from the one in dist, which may be older than the sources.
    guard try Command.run(["make", "--no-print-directory", "build"]) == 0 else {
      throw Failure("what is tested can't be built")
    }
    let before = try Snapshot()
    let filter = name.map { ["--filter", $0] } ?? []
    let status = try Command.run(
      ["swift", "test"] + filter, environment: [Golden.recordingVariable: "1"])
    let after = try Snapshot()
    let changes = before.changes(in: after)
    if !changes.isEmpty {
      print(try before.difference(to: after))
      Terminal.note("rewritten; look at the difference, and commit it with its reason:")
      for path in changes { Terminal.note("  \(path)") }
      throw ExitCode.failure
    }
    guard status == 0 else { throw Failure("tests failed, and not because of a golden") }
    Terminal.note("nothing to rewrite")
  }
}
