import Diagnostics
import GuestView
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
    /// The profile that asks the rule; nil where it is always asked.
    var profile: String?
    /// Of Linux, the first version of which it doesn't hold.
    var before: String?

    init(_ rule: any Rule.Type) {
      id = rule.id
      severity = rule.severity.rawValue
      status = rule.status.description
      summary = rule.summary
      needs = rule.needs.names
      alsoKnownAs = rule.alsoKnownAs
      profile = rule.profile?.rawValue
      before = rule.before?.description
    }
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
      .map(Row.init)
  }

  /// The rules that `target` adds.
  init(_ target: Target) {
    rows = RuleCatalogue.all.filter(target.asks).sorted { $0.id < $1.id }.map(Row.init)
  }

  /// A list of these rules.
  init(rows: [Row]) { self.rows = rows }

  /// How many there are, in a line of its own.
  var count: String {
    let profiles = RuleCatalogue.inProfiles.count
    return "\n\(rows.count - profiles) rules, and \(profiles) more in profiles (--profile list)\n"
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
      let others = row.needs.filter { $0 != "tree" && $0 != "profile" }
      var needs = others.isEmpty ? "" : style.dim(" (needs \(others.joined(separator: ", ")))")
      if let profile = row.profile {
        needs += style.dim(" (profile \(profile)\(row.before.map { ", before \($0)" } ?? ""))")
      }
      return "\(row.id.padded(to: idWidth))  \(coloured ?? severity)  \(row.summary)\(needs)\n"
    }.joined()
  }
}
