import Foundation

/// The errors about which a person has decided, as the tables of `Corpus.md` have them.
struct CorpusVerdicts {
  /// How many errors of each rule have a verdict.
  private(set) var counts: [String: Int] = [:]

  /// Reads the rows that start with a rule and a number: ``| `a/b` | 3 | ...``.
  ///
  /// - Throws: ``Failure`` where the file can't be read, or has no such row.
  init(file: String) throws {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Failure("\(file) can't be read")
    }
    for line in text.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 2, let count = Int(cells[1]) else { continue }
      counts[cells[0].trimmingCharacters(in: ["`"]), default: 0] += count
    }
    if counts.isEmpty { throw Failure("\(file) has no verdicts") }
  }
}
