import ArgumentParser
import GuestView

/// `dtgen lint`: what a guest will do with a tree that somebody else made.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Judge device trees and ACPI tables, whoever made them.",
    discussion: """
      Each file is read as a Linux guest would read it. A directory stands for the trees and tables in \
      it and below: the files whose names end in .dtb, .dtbo or .aml, in capitals too, hidden ones \
      included; links to directories are not followed. A pattern in quotes, as in 'out/**/*.dtb', stands for \
      the files that it matches, unless there is a file of that very name. Every file is judged \
      once, however often it is meant; a pipe is waited for. Names behind '--' are no options.

      What can't be read, and what isn't finished within --max-time, is reported; the others are \
      still judged, and the exit status is not 0. In reports \\xff is a byte of a name that is no \
      UTF-8.

      To judge the tree that QEMU gives its guest:

        qemu-system-aarch64 -M virt,gic-version=3,dumpdtb=virt.dtb \\
          -cpu cortex-a57 -net none
        dtgen lint virt.dtb

      ACPI tables are judged in sets, as a guest is given them: all that are named together, and in a \
      directory those whose names differ in the signature at their end alone, guest-dsdt.aml and \
      guest-ssdt.aml. For what processor they are, APIC says, or --arch. Their findings are at paths of \
      the namespace, in waivers too, where * stands for any number of names:

        dtgen lint --arch x86_64 ssdt.aml
        dtgen lint /sys/firmware/acpi/tables/DSDT /sys/firmware/acpi/tables/APIC

      Machines that share memory are judged one by one, and then together: whether both have it at the \
      same address, with the same size, and each as its role asks for:

        dtgen lint --pair primary.dtb secondary.dtb --share vrings
      A tree and tables of one machine are also compared with each other. They are of one where they \
      are named together and there is one tree, and in a directory where the tree is called as the set, \
      guest.dtb, or there is one of each; the report says which were. --same-machine compares all \
      tables with the one tree, and --apart none:

        dtgen lint virt.dtb dsdt.aml apic.aml

      What a project has decided about its findings stands in .dtgen.json, which is JSON or JSON5:

        {
          profile: "vm", failOn: "warning",
          severities: { "virtio": "error", "dma/unused-pool": "off" },
          waivers: [
            { rule: "dma/mixed-confinement", node: "/virtio@*",
              file: "guests/*.dtb",
              reason: "the console is public", expires: "2027-01-31" },
          ],
          baseline: "dtgen-baseline.json",
        }

      In patterns * stands for anything within one part of a path, ** for anything, **/ for any \
      number of parts, ? for one byte.

      A waiver that no finding needs is an error as soon as a run can tell: where it judges a file \
      of the waiver's name, or looks through the whole directory that the waiver's pattern starts \
      with, and for a waiver without files always. Otherwise it is counted as not judged, and \
      --verbose names it.

      The exit status is the first that applies: 65, 66 or 75 where a file couldn't be judged, 78 \
      where the policy is wrong, a waiver has expired, or one is of no use, 1 where there are \
      findings at or above --fail-on, 0.
      """)

  @Argument(
    help: """
      Flattened device trees, ACPI tables, directories, and patterns in quotes; '-' is standard input.
      """,
    completion: .file(extensions: ["dtb", "dtbo", "aml", "DTB", "DTBO", "AML"]))
  var inputs: [String]

  @Option(
    help: ArgumentHelp(
      """
      Lay the overlays that are named over this tree, in this order, and judge what comes of it.
      """, valueName: "file"),
    completion: .file(extensions: ["dtb"]))
  var base: String?

  @Flag(
    name: .customLong("explain-dma"),
    help: """
      Say of each device that does DMA where it may, through what, and why: before the report in \
      text, in place of it in JSON.
      """)
  var explainDMA = false

  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp(
      """
      For what processor ACPI tables are that don't say it: arm64, x86_64 or riscv64.
      """, valueName: "processor"),
    completion: .list(TableProcessor.allCases.map(\.rawValue)))
  var processor: TableProcessor?

  @OptionGroup(title: "Machines that share memory")
  var pair: PairOptions
  @Flag(
    name: .customLong("same-machine"),
    help: "Compare the one tree with all tables that are named, whatever they are called.")
  var sameMachine = false

  @Flag(help: "Compare no tree with tables.")
  var apart = false

  @OptionGroup(title: "Report")
  var report: ReportOutputOptions

  @OptionGroup(title: "Judging")
  var judging: JudgingOptions

  @OptionGroup(title: "Limits")
  var limits: LimitOptions

  func validate() throws {
    if explainDMA, report.outputs.contains(where: { ![.text, .json].contains($0.format) }) {
      throw ValidationError("--explain-dma prints a table, as text or json.")
    }
    if inputs.isEmpty { throw ValidationError("Name a file: dtgen lint guest.dtb") }
    if pair.pair, base != nil {
      throw ValidationError(
        "--pair takes trees, not overlays: --base and --pair exclude each other.")
    }
    if sameMachine, pair.pair {
      throw ValidationError(
        "--pair judges several machines, and --same-machine says that there is one.")
    }
    if sameMachine, apart {
      throw ValidationError("--same-machine and --apart say the opposite of each other.")
    }
    if sameMachine, base != nil {
      throw ValidationError(
        "--same-machine compares trees and tables, and --base lays overlays over a tree.")
    }
    if inputs.contains("") { throw ValidationError("The name of an input is empty.") }
  }

  func run() throws { try Self.run(request) }

  /// Does what `request` asks for, whoever read the command line.
  static func run(_ request: LintRequest) throws {
    try reportingFailures { try LintRun(request).run() }
  }

  /// What is asked for.
  var request: LintRequest {
    LintRequest(
      inputs: inputs, base: base, pair: pair.request, outputs: report.outputs,
      isQuiet: report.quiet,
      isVerbose: report.verbose, showsAll: report.showsAll, colour: report.colour.setting,
      failOn: report.failOn, explainsDMA: explainDMA,
      architecture: processor?.architecture,
      areOfOneMachine: sameMachine ? true : apart ? false : nil, judging: judging.settings,
      limits: limits.limits)
  }
}

/// `--arch`, as processors are called on command lines.
enum TableProcessor: String, CaseIterable, ExpressibleByArgument {
  case arm64
  case x86 = "x86_64"
  case riscv64

  /// The same, as views have it.
  var architecture: Architecture {
    switch self {
    case .arm64: .arm64
    case .x86: .x86
    case .riscv64: .riscv64
    }
  }
}

extension Architecture {
  /// What `--arch` calls it.
  var commandLineName: String {
    TableProcessor.allCases.first { $0.architecture == self }?.rawValue ?? "another processor"
  }
}
