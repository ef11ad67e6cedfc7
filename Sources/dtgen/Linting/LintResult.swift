import DeviceTree
import Diagnostics
import GuestView
import PlatformLint

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
