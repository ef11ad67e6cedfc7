import Foundation

/// The rows, as a person or a README wants them.
struct Table: Encodable {
  /// Where the numbers come from.
  var machine: Machine
  /// The rows, in order.
  var rows: [Row]

  private static let heads = [
    "what", "dtgen", "peer", "ratio", "goal", "met?", "by CPU", "peak memory",
  ]

  /// Columns that line up.
  var text: String {
    let cells = [Self.heads] + rows.map(cells)
    let widths = Self.heads.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    let lines = cells.map { row in
      zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
    }
    return (lines + ["", Self.legend, machine.text]).joined(separator: "\n") + "\n"
  }

  /// A table in Markdown.
  var markdown: String {
    let rule = Self.heads.map { _ in "---" }
    let lines = ([Self.heads, rule] + rows.map(cells)).map {
      "| " + $0.joined(separator: " | ") + " |"
    }
    return (lines + ["", Self.legend, "Measured \(machine.text)."]).joined(separator: "\n") + "\n"
  }

  private static let legend = """
    Wall time, median (shortest), of runs in turns; the ratio is that of the medians. By CPU: the \
    ratio of the medians of CPU time, which other work on the machine disturbs less.
    """

  private func cells(_ row: Row) -> [String] {
    [
      row.what, Self.text(row.ours), "\(Self.text(row.peer)) \(row.peerName)",
      Self.ratio(row.ratio),
      String(format: "≤ %g", row.goal),
      row.isMet ? "yes" : "NO",
      Self.processor(row), Self.memory(row),
    ]
  }

  private static func text(_ figure: Figure) -> String {
    switch figure {
    case .cost(let cost): "\(milliseconds(cost.wall)) (\(milliseconds(cost.shortestWall))) ms"
    case .growth(let factor): String(format: "× %.1f", factor)
    case .bytes(let count): "\(count.grouped) bytes"
    }
  }

  /// Three digits that matter.
  static func milliseconds(_ nanoseconds: Int) -> String {
    let value = Double(nanoseconds) / 1e6
    return String(format: value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value)
  }

  private static func processor(_ row: Row) -> String {
    guard case .cost(let ours) = row.ours, case .cost(let peer) = row.peer else { return "" }
    return ratio(Double(ours.processor) / Double(max(peer.processor, 1)))
  }

  private static func ratio(_ value: Double) -> String {
    String(format: value < 0.1 ? "%.3f" : "%.2f", value)
  }

  private static func memory(_ row: Row) -> String {
    guard case .cost(let ours) = row.ours, case .cost(let peer) = row.peer,
      ours.peakMemory != nil || peer.peakMemory != nil
    else { return "" }
    return [ours, peer].map { $0.peakMemory.map { "\($0 >> 20)" } ?? "–" }.joined(separator: " / ")
      + " MiB"
  }
}
