import Synchronization

/// The lines of the files that findings point at, each file read once.
final class SourceLines: Sendable {
  private let files = Mutex<[String: [Substring]]>([:])

  /// Line `number` of `file`, from 1; nil where it can't be read.
  func line(_ file: String, _ number: Int) -> String? {
    files.withLock { files in
      if files[file] == nil {
        let bytes = (try? InputFile.read(file, limit: 4 << 20)) ?? []
        files[file] = String(decoding: bytes, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false)
      }
      guard let lines = files[file], number >= 1, number <= lines.count else { return nil }
      return String(lines[number - 1])
    }
  }
}
