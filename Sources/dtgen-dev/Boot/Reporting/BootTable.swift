import Foundation

/// The rows, as a person reads them.
struct BootTable {
  var rows: [BootRow]

  private static let heads = ["what", "prediction", "observed", "verdict", "seconds"]

  /// Columns that line up, and a line that counts.
  var text: String {
    let cells = [Self.heads] + rows.map(Self.cells)
    let widths = Self.heads.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
    return (lines + ["", summary]).joined(separator: "\n") + "\n"
  }

  /// How many agree, in one line.
  var summary: String {
    let agreeing = rows.filter(\.agrees)
    let rules = Set(agreeing.compactMap { $0.boot.rule }).count
    let again = rows.filter { $0.tries > 1 }.count
    let retries = again > 0 ? ", \(again) at the second try" : ""
    return "\(rows.count) boots, \(agreeing.count) as predicted\(retries); \(rules) rules proven"
  }

  private static func cells(_ row: BootRow) -> [String] {
    [
      row.boot.name, row.boot.prediction, row.observed,
      row.agrees ? (row.tries > 1 ? "agrees (2nd try)" : "agrees") : "DIFFERS",
      row.outcome.map { String(format: "%.1f", $0.seconds) } ?? "–",
    ]
  }
}
