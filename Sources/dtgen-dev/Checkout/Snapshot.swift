import DTGenTestSupport
import Foundation

/// Every file of the checkout that is committed or could be, with its bytes.
struct Snapshot {
  private let files: [String: [UInt8]]

  /// A snapshot of these files, by their paths.
  init(_ files: [String: [UInt8]]) { self.files = files }

  /// The checkout at `root` as it is now.
  ///
  /// - Throws: ``Failure`` where git can't list it.
  init(of root: String = Repository.root) throws {
    let listing = try Tool.git.run(
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], directory: root)
    guard listing.status == 0 else { throw Failure("git ls-files: \(listing.errors)") }
    var files: [String: [UInt8]] = [:]
    for path in listing.text.split(separator: "\0") {
      // What is listed and not there has been deleted.
      guard let bytes = FileManager.default.contents(atPath: "\(root)/\(path)") else { continue }
      files[String(path)] = [UInt8](bytes)
    }
    self.files = files
  }

  /// The paths that `later` adds, changes or lacks, sorted.
  func changes(in later: Snapshot) -> [String] {
    Set(files.keys).union(later.files.keys).filter { files[$0] != later.files[$0] }.sorted()
  }

  /// What has changed, as git shows differences.
  ///
  /// The two sides are laid out in a directory each, so that what was changed and not committed
  /// before doesn't show, and new files do.
  ///
  /// - Throws: what writing the sides throws, and ``Failure`` where git fails.
  func difference(to later: Snapshot) throws -> String {
    let scratch = try ScratchDirectory()
    for (side, snapshot) in [("before", self), ("after", later)] {
      let directory = URL(fileURLWithPath: scratch.path).appendingPathComponent(side)
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      for path in changes(in: later) {
        guard let bytes = snapshot.files[path] else { continue }
        let file = directory.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
      }
    }
    let result = try Tool.git.run(
      ["--no-pager", "diff", "--no-index", "--no-prefix", "before", "after"],
      directory: scratch.path)
    // 1 is a difference.
    guard result.status == 0 || result.status == 1 else {
      throw Failure("git diff: \(result.errors)")
    }
    return result.text
  }
}

extension Tool {
  /// Version control.
  static let git = Tool("git", package: "git")
}
