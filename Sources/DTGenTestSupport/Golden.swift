import Foundation
public import Testing

/// Text that is committed and reviewed, and that a test compares with what comes out.
public enum Golden {
  /// Setting this environment variable to 1 rewrites the files.
  public static let recordingVariable = "DTGEN_BLESS"

  /// Whether this run rewrites the files.
  public static var isRecording: Bool {
    ProcessInfo.processInfo.environment[recordingVariable] == "1"
  }

  /// Compares `text` with the file `path`, counted from the top of the checkout.
  ///
  /// A recording run writes the file and fails the test where the file changed: such a run is never
  /// green.
  public static func expect(
    _ text: String, matches path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let file = URL(fileURLWithPath: Repository.root + "/" + path)
    let committed = try? String(contentsOf: file, encoding: .utf8)
    if committed == text { return }
    guard isRecording else {
      let difference = committed.map { firstDifference($0, text) } ?? "there is no such file"
      Issue.record(
        "\(path) differs: \(difference); if this is meant, run with \(recordingVariable)=1",
        sourceLocation: sourceLocation)
      return
    }
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(path)", sourceLocation: sourceLocation)
    } catch {
      Issue.record("\(path) can't be written: \(error)", sourceLocation: sourceLocation)
    }
  }

  /// The first line that differs, from both sides.
  public static func firstDifference(_ committed: String, _ text: String) -> String {
    let old = committed.split(separator: "\n", omittingEmptySubsequences: false)
    let new = text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in 0..<max(old.count, new.count) {
      let before = line < old.count ? "'\(old[line])'" : "the end"
      let after = line < new.count ? "'\(new[line])'" : "the end"
      if before != after { return "line \(line + 1) was \(before) and is \(after)" }
    }
    return "only in bytes that Unicode holds equal"
  }
}
