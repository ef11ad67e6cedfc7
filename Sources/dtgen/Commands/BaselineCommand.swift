import ArgumentParser

/// `dtgen baseline`: start with what is there, and let nothing be added.
struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Record what is found today, so that only what is new fails a run.",
    discussion: """
      The record is named by "baseline" in .dtgen.json, or by --baseline. A finding is known by its \
      rule, file, node and property, not by its place in the file or the words of its message.

        dtgen baseline create trees/        write down what is found
        dtgen baseline check trees/         fail on what is new, and on what is gone
        dtgen baseline prune trees/         forget what is gone
      """,
    subcommands: [Create.self, Check.self, Prune.self])

  /// What the three have in common.
  struct Options: ParsableArguments {
    @Argument(
      help: "Flattened device trees and directories.", completion: .file(extensions: ["dtb"]))
    var inputs: [String]

    @Option(
      help: "The baseline; without it, the one that the policy names.",
      completion: .file(extensions: ["json"]))
    var baseline: String?

    @OptionGroup(title: "Judging")
    var judging: JudgingOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("Name files or directories.") }
    }

    func run(_ action: (BaselineRun) throws -> ExitStatus) throws {
      try BaselineCommand.reportingFailures {
        try action(
          BaselineRun(
            inputs, baseline: baseline, judging: judging.settings, limits: limits.limits))
      }
    }
  }

  /// `dtgen baseline create`.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write down what is found; an existing baseline is replaced only with --force.")

    @OptionGroup var options: Options

    @Flag(help: "Replace the baseline that is there.")
    var force = false

    func run() throws {
      try options.run { run throws(Failure) in try run.create(force: force) }
    }
  }

  /// `dtgen baseline check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Fail with status 1 on what the baseline doesn't know, and on what is gone.")

    @OptionGroup var options: Options

    func run() throws { try options.run { run throws(Failure) in try run.check() } }
  }

  /// `dtgen baseline prune`.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Forget what is no longer found in these files.")

    @OptionGroup var options: Options

    func run() throws { try options.run { run throws(Failure) in try run.prune() } }
  }
}
