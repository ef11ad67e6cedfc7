import ArgumentParser
import DTGenTestSupport

/// `dtgen-dev check`: what has to pass before a change is taken.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Formatting, build, tests, goldens, demo, guests: everything that has to pass.",
    discussion: """
      The steps are those of .ci/run. A step that fails does not end the run, so that one run says \
      all there is to say.
      """)

  /// The steps, which are targets of the Makefile.
  static let targets = ["lint", "test", "deb", "demo", "boot"]

  func run() throws {
    let before = try Snapshot()
    var failed: [String] = []
    for target in Self.targets {
      Terminal.note("\n== make \(target)")
      // In CI a missing oracle fails a test that would be skipped.
      let status = try Command.run(
        ["make", "--no-print-directory", target], environment: ["CI": "true"])
      if status != 0 { failed.append("make \(target)") }
    }
    let changes = before.changes(in: try Snapshot())
    if !changes.isEmpty {
      failed.append("the run changed the checkout: \(changes.joined(separator: ", "))")
    }
    if failed.isEmpty { return Terminal.note("\n== everything passed") }
    Terminal.note("\n== failed")
    for what in failed { Terminal.note("  \(what)") }
    throw ExitCode.failure
  }
}
