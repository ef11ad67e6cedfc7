import ArgumentParser
import GuestView
import PlatformLint
import VMMInterface

/// `dtgen check`: whether a guest works confined, from all that decides it, before it boots.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say before a guest boots whether it will work, and confined.",
    discussion: """
      Three things decide where a guest's devices may DMA: what its tree or tables say, which features \
      its VMM offers, and what its kernel was built with. lint judges the first; check takes all three, and \
      a mistake in any of them fails it.

      What the devices offer stands in a file (dtgen build --emit features writes it; \
      schemas/features.schema.json), or on the command line of the VMM, which is the rest of this one:

        dtgen check guest.dtb --guest-config config --vmm qemu-system-aarch64 -M virt \\
          -device virtio-blk-device,bus=virtio-mmio-bus.0,drive=d,iommu_platform=on …

      What the kernel was built with is its .config, /boot/config-*, or /proc/config.gz; or it is one whose \
      options are known here (--guest; --list-guests).

      A rule that lacks its input is skipped and counted, and --verbose names it; --require makes that a \
      failure. Everything else is as in lint: rules, policy, forms of the report, exit status.

        dtgen check guest.dtb --features guest-features.json \\
          --guest debian-13-cloud-arm64 --require dma --require guest

      What a VMM passes in the end may be held against what was built, with --expect: where a device, a pool or \
      what confines it has changed meanwhile, that is an error; what VMMs add by themselves is none:

        dtgen check passed.dtb --expect out/guest.dtb --expect out/guest-features.json --require drift

      Machines that share memory are also judged together, as by lint --pair, each with its own features; the kernel \
      is that of all:

        dtgen check --pair primary.dtb secondary.dtb --features primary-features.json \
          --features secondary-features.json --guest-config config
      """)

  @Argument(
    help: "The guest's device tree or its ACPI tables; '-' is standard input.",
    completion: .file(extensions: ["dtb", "aml"]))
  var inputs: [String] = []

  @Option(
    help: ArgumentHelp("The guest's device tree, the same as to name it alone.", valueName: "file"),
    completion: .file(extensions: ["dtb"]))
  var dtb: String?

  @Option(
    help: ArgumentHelp("A file of the guest's ACPI tables; may be repeated.", valueName: "file"),
    completion: .file(extensions: ["aml"]))
  var acpi: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the devices offer, in JSON or JSON5; '-' is standard input; with --pair one for each tree, in their order.",
      valueName: "file"),
    completion: .file(extensions: ["json", "json5"]))
  var features: [String] = []

  @OptionGroup
  var kernel: KernelOptions

  @Option(
    help: ArgumentHelp(
      "What dtgen build wrote of this machine: its tree, its features or the model; may be repeated.",
      valueName: "file"),
    completion: .file(extensions: ["dtb", "json"]))
  var expect: [String] = []

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Fail where this rule, or one of this family, is skipped; may be repeated.", valueName: "id"),
    completion: .list(RuleCatalogue.families + RuleCatalogue.all.map { $0.id }))
  var required: [String] = []

  @Flag(
    name: .customLong("explain-dma"),
    help: "Say of each device that does DMA where it may, through what, and why.")
  var explainDMA = false

  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp(
      "For what processor ACPI tables are: arm64, x86_64 or riscv64.", valueName: "processor"),
    completion: .list(TableProcessor.allCases.map(\.rawValue)))
  var processor: TableProcessor?

  @Option(
    name: .customLong("vmm"), parsing: .remaining,
    help: ArgumentHelp(
      "The command line of QEMU or crosvm: what its devices offer. All that follows belongs to it.",
      valueName: "command"))
  var command: [String] = []

  @OptionGroup(title: "Machines that share memory")
  var pair: PairOptions

  @OptionGroup(title: "Report")
  var report: ReportOutputOptions

  @OptionGroup(title: "Judging")
  var judging: JudgingOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  /// All that is judged.
  private var files: [String] { [dtb].compactMap(\.self) + inputs + acpi }

  func validate() throws {
    if kernel.listGuests { return }
    if files.isEmpty, let reason = QEMUCommandLine.reasonNotToCheck(command) {
      throw ValidationError("--vmm \(reason).")
    }
    if files.isEmpty { throw ValidationError("Name a file: dtgen check guest.dtb") }
    let streams = files + features + expect + [kernel.guestConfig].compactMap(\.self)
    if streams.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input, '-', can be read once, for one of the inputs.")
    }
    if files.contains("") { throw ValidationError("The name of an input is empty.") }
    if !features.isEmpty, !command.isEmpty {
      throw ValidationError(
        "--features and --vmm exclude each other: both say what devices offer.")
    }
    if expect.contains("") { throw ValidationError("The name of what is expected is empty.") }
    // ArgumentParser takes an option that wants all the rest for given where nothing is left.
    if command.isEmpty, Swift.CommandLine.arguments.last == "--vmm" {
      throw ValidationError("Name the command line of a VMM behind --vmm.")
    }
    if pair.pair {
      if !expect.isEmpty {
        throw ValidationError("--expect is about one machine, and --pair judges several.")
      }
      if !command.isEmpty {
        throw ValidationError(
          "--vmm says what the devices of one machine offer, and --pair judges several: use --features."
        )
      }
      if !features.isEmpty, features.count != files.count {
        throw ValidationError(
          "--pair takes as many --features as trees, in their order: \(files.count), not \(features.count)."
        )
      }
    } else if features.count > 1 {
      throw ValidationError("--features is given once, unless --pair judges several machines.")
    }
    if explainDMA, report.outputs.contains(where: { ![.text, .json].contains($0.format) }) {
      throw ValidationError("--explain-dma prints a table, as text or json.")
    }
  }

  func run() throws {
    if kernel.listGuests { return KernelOptions.list() }
    try Self.run(request)
  }

  /// Does what `request` asks for, whoever read the command line.
  static func run(_ request: CheckRequest) throws {
    try reportingFailures { try request.run() }
  }

  /// What is asked for.
  var request: CheckRequest {
    CheckRequest(
      lint: LintRequest(
        inputs: files, pair: pair.request, outputs: report.outputs, isQuiet: report.quiet,
        isVerbose: report.verbose,
        showsAll: report.showsAll, colour: report.colour.setting, failOn: report.failOn,
        explainsDMA: explainDMA, architecture: processor?.architecture, expected: expect,
        required: required,
        judging: judging.settings, limits: limits.limits),
      features: features, command: command, guestConfig: kernel.guestConfig, guest: kernel.guest)
  }
}
