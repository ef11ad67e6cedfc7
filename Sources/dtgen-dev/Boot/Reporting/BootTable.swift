import Foundation

/// The rows, as a person reads them.
struct BootTable {
  var rows: [BootRow]

  private static let heads = ["what", "prediction", "observed", "verdict", "seconds"]
  /// The most characters of a cell on one line; what is longer goes on below.
  private static let widest = 56

  /// Columns that line up, and a line that counts.
  var text: String {
    let cells = ([Self.heads] + rows.map(Self.cells)).map { $0.map(Self.wrapped) }
    let widths = Self.heads.indices.map { column in
      cells.flatMap { $0[column].map(\.count) }.max() ?? 0
    }
    let lines = cells.flatMap { row in
      (0..<(row.map(\.count).max() ?? 0)).map { line in
        zip(row, widths).map { cell, width in
          let text = line < cell.count ? cell[line] : ""
          return text + String(repeating: " ", count: width - text.count)
        }
        .joined(separator: "  ").trimmingSuffix { $0 == " " }
      }
    }
    return (lines.map(String.init) + ["", summary]).joined(separator: "\n") + "\n"
  }

  /// How many agree, in one line.
  var summary: String {
    let agreeing = rows.filter(\.agrees)
    // A rule is proven where all of its rows agree.
    let differing = Set(rows.filter { !$0.agrees }.compactMap { $0.boot.rule })
    let rules = Set(agreeing.compactMap { $0.boot.rule }).subtracting(differing).count
    let again = rows.filter { $0.tries > 1 }.count
    let retries = again > 0 ? ", \(again) retried" : ""
    return "\(rows.count) boots, \(agreeing.count) as predicted\(retries); \(rules) rules proven"
  }

  private static func cells(_ row: BootRow) -> [String] {
    [
      row.boot.name, row.boot.prediction, row.observed,
      row.agrees ? (row.tries > 1 ? "agrees (retried)" : "agrees") : "DIFFERS",
      row.outcome.map { String(format: "%.1f", $0.seconds) } ?? "–",
    ]
  }

  /// A cell in lines, broken between words; a word that is too long stays whole.
  static func wrapped(_ text: String) -> [String] {
    var lines: [String] = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= widest {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension StringProtocol {
  /// The text without the characters at its end that `isTrimmed` holds for.
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> SubSequence {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text = text.dropLast() }
    return text
  }
}
