import ArgumentParser
import GuestView
import PlatformLint

/// `dtgen gate qemu`: starts QEMU, judges its guest before the first instruction, and lets it run or not.
struct GateQEMU: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qemu",
    abstract: "Start QEMU, and let its guest run only if it will work, and confined.",
    discussion: """
      What follows '--' is the command line of a QEMU as it would be started without a gate:

        dtgen gate qemu --guest-config config -- qemu-system-aarch64 -M virt -kernel Image …

      QEMU is started with its guest stopped. It is asked for the tree that the guest would find in \
      memory, and for what each virtio device offers; what the kernel was built with is said by \
      --guest-config or --guest, or by the image behind -kernel, where it was built to (CONFIG_IKCONFIG). All three are judged as by dtgen check. If nothing is found at or above \
      --fail-on, the guest runs, and the gate stays out of the way: standard streams, the terminal, \
      open files and variables are QEMU's, signals are passed on, and the exit status is QEMU's, or the \
      signal that ended it. Otherwise QEMU is ended, what the guest would have done is said on standard \
      error, and the exit status is 77.

      Whatever keeps the guest from being judged keeps it from running: a QEMU that says nothing (76, \
      --timeout) or ends by itself (with its own status), a tree that can't be read (65), a kernel of \
      which nothing is known (64). The guest of a QEMU with -S stays stopped when it is judged.

      It takes QEMU 7.2 or later, and a machine whose guest goes by a device tree.
      """)

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp("QEMU's command line, behind '--'.", valueName: "command"))
  var command: [String] = []

  @OptionGroup(title: "The guest's kernel")
  var kernel: KernelOptions

  @Flag(
    name: .customLong("unknown-kernel"),
    help: "Let a guest run of whose kernel nothing is known; rules about it are skipped.")
  var takesUnknownKernel = false

  @Flag(
    name: .customLong("firmware-keeps-tree"),
    help: """
      The guest's firmware hands the tree on, as U-Boot does, and doesn't give tables of ACPI in its place.
      """)
  var firmwareKeepsTree = false

  @Option(
    name: .customLong("timeout"),
    help: ArgumentHelp(
      "How long QEMU may take until its guest is judged.", valueName: "seconds"))
  var patience = 10

  @Option(
    name: .customLong("keep-tree"),
    help: ArgumentHelp("Write the tree that is judged to a file.", valueName: "file"),
    completion: .file())
  var treeFile: String?

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
    if command.isEmpty {
      throw ValidationError("Name QEMU's command line: dtgen gate qemu -- qemu-system-aarch64 …")
    }
    if command[0].isEmpty { throw ValidationError("The name of the program is empty.") }
    guard (1...3600).contains(patience) else {
      throw ValidationError("--timeout takes 1 to 3600 seconds.")
    }
    if takesUnknownKernel, kernel.isGiven {
      throw ValidationError("--unknown-kernel says that nothing is known of what --guest says.")
    }
  }

  func run() throws {
    if kernel.listGuests { return KernelOptions.list() }
    var outcome = GateOutcome.stopped(.internalError)
    try reportingFailures {
      let request = LintRequest(
        outputs: report.outputs, isQuiet: !report.verbose, isVerbose: report.verbose,
        showsAll: report.showsAll, colour: report.colour.setting, failOn: report.failOn,
        guest: try kernel.guest(limits: limits.limits), required: required,
        judging: judging.settings, limits: limits.limits)
      outcome = try QEMUGate(
        command: command, request: request, patience: patience,
        takesUnknownKernel: takesUnknownKernel, trustsFirmware: firmwareKeepsTree,
        treeFile: treeFile
      ).run()
      return .clean
    }
    outcome.leave()
  }
}
