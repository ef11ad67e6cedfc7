import ArgumentParser
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

/// `dtgen lint`: what a guest will do with a tree that somebody else made.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge device trees, whoever made them.",
    discussion: """
      Each file is read as a Linux guest would read it. A file that can't be read is reported, the \
      others are still judged, and the exit status is that of the worst: never 0 by accident.

      To judge the tree that QEMU gives its guest:

        qemu-system-aarch64 -M virt,gic-version=3,dumpdtb=virt.dtb -cpu cortex-a57
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
      var results: [LintResult] = []
      var failure: Failure?
      for file in files {
        do throws(Failure) {
          results.append(try LintResult(file))
        } catch {
          StandardStream.error.write("dtgen: error: \(error.message.safeForTerminal)\n")
          failure = failure ?? error
        }
      }
      let findings = results.flatMap(\.findings)
      switch report.format {
      case .text: printText(results, findings)
      case .json:
        let document = LintDocument(files: results, tally: Tally(findings))
        StandardStream.output.write(try JSONText.encode(document))
      }
      return failure?.status ?? report.status(of: findings)
    }
  }

  private func printText(_ results: [LintResult], _ findings: [Finding]) {
    let style = TextStyle(styled: StandardStream.output.isStyled)
    let text = TextReport(style: style)
    for finding in findings { StandardStream.output.write(text.text(for: finding)) }
    if report.quiet || results.isEmpty { return }
    let verdict = Verdict(findings: findings, skipped: results.flatMap(\.skipped))
    StandardStream.output.write(verdict.text(style: style) + "\n")
  }
}

/// What was found in one file.
struct LintResult: Encodable {
  var file: String
  var findings: [Finding]
  /// The rules that lacked an input: they have not passed.
  var skipped: [String]

  /// Reads and judges the tree in `file`.
  ///
  /// - Throws: ``Failure`` where the file can't be read, or is no tree.
  init(_ file: String) throws(Failure) {
    let tree = try FlattenedTree(file: file)
    let report = Linter().lint(GuestView(tree: tree), file: file)
    self.file = file
    skipped = report.skipped.map(\.rule)
    findings = report.findings
  }
}

/// What `dtgen lint --format json` prints.
struct LintDocument: Encodable {
  var version = 1
  var files: [LintResult]
  var tally: Tally
}

extension FlattenedTree {
  /// Reads the tree in the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``Failure`` with the name of the file and the byte that is wrong.
  convenience init(file path: String) throws(Failure) {
    let bytes = try InputFile.read(path)
    do {
      try self.init(bytes)
    } catch {
      throw Failure(.badInput, "\(path == "-" ? "standard input" : path): \(error)")
    }
  }
}
