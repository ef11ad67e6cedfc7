import Diagnostics
import PlatformLint

/// The list of rules as `dtgen rules` prints it.
struct RuleTable {
  /// One rule, as reports for programs have it.
  struct Row: Encodable {
    var id: String
    var severity: String
    var status: String
    var summary: String
    var needs: [String]
    var alsoKnownAs: [String]
  }

  /// All rules for a program.
  struct Document: Encodable {
    var version = 1
    var rules: [Row]
  }

  /// The rules by id.
  let rows: [Row]

  /// The rules of one family, `dma`, or all.
  init(family: String? = nil) {
    rows = RuleCatalogue.all
      .filter { rule in family.map { rule.id.hasPrefix($0 + "/") } ?? true }
      .sorted { $0.id < $1.id }
      .map {
        Row(
          id: $0.id, severity: $0.severity.rawValue, status: $0.status.description,
          summary: $0.summary, needs: $0.needs.names, alsoKnownAs: $0.alsoKnownAs)
      }
  }

  /// The families, in alphabetical order.
  static var families: [String] { RuleIndex.families }

  /// The rules in columns, ending in a line break.
  func text(style: TextStyle) -> String {
    let idWidth = rows.map(\.id.count).max() ?? 0
    let severityWidth = rows.map(\.severity.count).max() ?? 0
    return rows.map { row in
      let severity = row.severity.padded(to: severityWidth)
      let coloured = Severity(rawValue: row.severity).map { style.colour(severity, for: $0) }
      // All rules need the tree; what is worth saying is what else they need.
      let others = row.needs.filter { $0 != "tree" }
      let needs = others.isEmpty ? "" : style.dim(" (needs \(others.joined(separator: ", ")))")
      return "\(row.id.padded(to: idWidth))  \(coloured ?? severity)  \(row.summary)\(needs)\n"
    }.joined()
  }
}
