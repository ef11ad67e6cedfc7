import Diagnostics
import PlatformLint

/// The profiles of those who take trees, as `dtgen rules --profile list` prints them.
struct ProfileTable {
  /// One profile, as reports for programs have it.
  struct Row: Encodable {
    var name: String
    var summary: String
    var version: String
    var date: String
    var sources: [String]
    var rules: [String]
  }

  /// All of them for a program.
  struct Document: Encodable {
    var version = 1
    var profiles: [Row]
  }

  private let rows: [Row]

  /// A list of `profiles`.
  init(_ profiles: [TargetProfile]) {
    rows = profiles.map {
      Row(
        name: $0.name.rawValue, summary: $0.summary, version: $0.version, date: $0.date,
        sources: $0.sources.map(\.description), rules: $0.rules.map { $0.id })
    }
  }

  /// The same for a program.
  var document: Document { Document(profiles: rows) }

  /// The same in columns, ending in a line break.
  var text: String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map { row in
      let count = row.rules.count == 1 ? "1 rule" : "\(row.rules.count) rules"
      let margin = String(repeating: " ", count: width + 2)
      let lines = "\(row.summary) (\(count))".brokenIntoLines(of: 80 - width - 2)
      return row.name.padded(to: width) + "  " + lines.joined(separator: "\n" + margin) + "\n"
    }.joined()
  }
}
