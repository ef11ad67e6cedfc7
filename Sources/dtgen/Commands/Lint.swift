import ArgumentParser

/// `dtgen lint`: what a guest will do with a tree that somebody else made.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Judge device trees, whoever made them.",
    discussion: """
      Each file is read as a Linux guest would read it; a directory stands for the .dtb and .dtbo \
      files in it and below. A file that can't be read is reported, the others are still judged, \
      and the exit status is not 0.

      To judge the tree that QEMU gives its guest:

        qemu-system-aarch64 -M virt,gic-version=3,dumpdtb=virt.dtb -cpu cortex-a57 -net none
        dtgen lint virt.dtb

      What a project has decided about its findings stands in .dtgen.json, which is JSON or JSON5:

        {
          profile: "vm", failOn: "warning",
          severities: { "virtio": "error", "dma/unused-pool": "off" },
          waivers: [
            { rule: "dma/mixed-confinement", node: "/virtio@*", reason: "the console is public",
              file: "guests/*.dtb", expires: "2027-01-31" },
          ],
          baseline: "dtgen-baseline.json",
        }

      In patterns * stands for anything within one part of a path, ** for anything.

      The exit status is the first that applies: 65 or 66 where a file couldn't be judged, 78 where \
      the policy is wrong, a waiver has expired, or one speaks of a file in which nothing needs it, \
      1 where there are findings at or above --fail-on, 0.
      """)

  @Argument(
    help: "Flattened device trees and directories; '-' is standard input.",
    completion: .file(extensions: ["dtb", "dtbo"]))
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
  }

  func run() throws { try Self.run(request) }

  /// Does what `request` asks for, whoever read the command line.
  static func run(_ request: LintRequest) throws {
    try reportingFailures { try LintRun(request).run() }
  }

  /// What is asked for.
  var request: LintRequest {
    LintRequest(
      inputs: inputs, base: base, outputs: report.outputs, isQuiet: report.quiet,
      isVerbose: report.verbose,
      failOn: report.failOn, explainsDMA: explainDMA, judging: judging.settings,
      limits: limits.limits)
  }
}
