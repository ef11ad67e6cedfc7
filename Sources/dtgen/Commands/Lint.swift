import ArgumentParser

/// `dtgen lint`: what a guest will do with a tree that somebody else made.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Judge device trees, whoever made them.",
    discussion: """
      Each file is read as a Linux guest would read it. A file that can't be read is reported, the \
      others are still judged, and the exit status is that of the worst: never 0 by accident.

      To judge the tree that QEMU gives its guest:

        qemu-system-aarch64 -M virt,gic-version=3,dumpdtb=virt.dtb -cpu cortex-a57 -net none
        dtgen lint virt.dtb
      """)

  @Argument(
    help: "Flattened device trees; '-' is standard input.", completion: .file(extensions: ["dtb"]))
  var files: [String]

  @OptionGroup(title: "Report")
  var report: ReportOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("Name a file: dtgen lint guest.dtb") }
  }

  func run() throws {
    try reportingFailures {
      try LintRun(
        files: files, format: report.format, quiet: report.quiet, failOn: report.failOn
      ).run()
    }
  }
}
