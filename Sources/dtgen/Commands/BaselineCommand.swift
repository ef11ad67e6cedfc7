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
        dtgen baseline prune trees/old.dtb  the same, of a file that is there no longer

      What is known of files that a run doesn't look at is left as it is, and counted; so is what is \
      known of rules that it doesn't ask. A file is looked at where it is named, or where a \
      directory or a pattern that is named has room for it, whether it is there or not.
      """,
    subcommands: [Create.self, Check.self, Prune.self])

  /// What the three have in common.
  struct Options: ParsableArguments {
    @Argument(
      help: "Flattened device trees, directories, and patterns in quotes.",
      completion: .file(extensions: ["dtb", "dtbo", "DTB", "DTBO"]))
    var inputs: [String]

    @Option(
      help: ArgumentHelp(
        "The baseline; without it, the one that the policy names.", valueName: "file"),
      completion: .file(extensions: ["json"]))
    var baseline: String?

    @OptionGroup(title: "Machines that share memory")
    var pair: PairOptions

    @OptionGroup(title: "Judging")
    var judging: JudgingOptions

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    func validate() throws {
      if inputs.isEmpty { throw ValidationError("Name files or directories.") }
      if inputs.contains("") { throw ValidationError("The name of an input is empty.") }
    }

    func run(_ action: (BaselineRun) throws -> ExitStatus) throws {
      try BaselineCommand.reportingFailures {
        try action(
          BaselineRun(
            inputs, baseline: baseline, pair: pair.request, judging: judging.settings,
            limits: limits.limits))
      }
    }
  }

  /// `dtgen baseline create`.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
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
      commandName: "check",
      abstract: "Fail with status 1 on what the baseline doesn't know, and on what is gone.")

    @OptionGroup var options: Options

    func run() throws { try options.run { run throws(Failure) in try run.check() } }
  }

  /// `dtgen baseline prune`.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Forget what is no longer found in these files, and files that are gone.")

    @OptionGroup var options: Options

    func run() throws { try options.run { run throws(Failure) in try run.prune() } }
  }
}
