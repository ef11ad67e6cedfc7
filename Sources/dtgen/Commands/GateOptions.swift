import ArgumentParser
import PlatformLint

/// What every gate is told.
struct GateOptions: ParsableArguments {
  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("The VMM's command line, behind '--'.", valueName: "command"))
  var command: [String] = []

  @OptionGroup(title: "The guest's kernel")
  var kernel: KernelOptions

  @Flag(
    name: .customLong("unknown-kernel"),
    help: "Let a guest run of whose kernel nothing is known; rules about it are skipped.")
  var takesUnknownKernel = false

  @Option(
    name: .customLong("timeout"),
    help: ArgumentHelp(
      "How long the VMM may take until its guest is judged.", valueName: "seconds"))
  var patience = 10

  @Option(
    name: .customLong("keep-tree"),
    help: ArgumentHelp("Write the tree that is judged to a file.", valueName: "file"),
    completion: .file())
  var treeFile: String?

  @Option(
    help: ArgumentHelp(
      "What dtgen build wrote of this machine: its tree, its features or the model; may be repeated.",
      valueName: "file"),
    completion: .file(extensions: ["dtb", "json"]))
  var expect: [String] = []

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Don't start the guest where this rule, or one of this family, is skipped; may be repeated.",
      valueName: "id"),
    completion: .list(RuleCatalogue.families + RuleCatalogue.all.map { $0.id }))
  var required: [String] = []

  @OptionGroup(title: "Report")
  var report: ReportOutputOptions

  @OptionGroup(title: "Judging")
  var judging: JudgingOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  func validate() throws {
    if kernel.listGuests { return }
    if command.isEmpty { throw ValidationError("Name the VMM's command line behind '--'.") }
    if expect.contains("") { throw ValidationError("The name of what is expected is empty.") }
    if command[0].isEmpty { throw ValidationError("The name of the program is empty.") }
    guard (1...3600).contains(patience) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds.")
    }
    if takesUnknownKernel, kernel.isGiven {
      throw ValidationError("--unknown-kernel says that nothing is known of what --guest says.")
    }
  }

  /// What is asked for.
  var request: GateRequest {
    GateRequest(
      command: command,
      lint: LintRequest(
        outputs: report.outputs, isQuiet: !report.verbose, isVerbose: report.verbose,
        showsAll: report.showsAll, colour: report.colour.setting, failOn: report.failOn,
        expected: expect, required: required, judging: judging.settings, limits: limits.limits),
      guest: kernel.guest, guestConfig: kernel.guestConfig, takesUnknownKernel: takesUnknownKernel,
      patience: patience, treeFile: treeFile)
  }
}
