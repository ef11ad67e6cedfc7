extension TextReport {
  /// Findings in the order in which they are given; of many of one rule a few, and how many more.
  ///
  /// - Parameters:
  ///   - findings: What there is to say.
  ///   - all: Shows every finding, however many there are of one rule.
  /// - Returns: The text, ending in a line break; empty where there is nothing to say.
  public func text(for findings: [Finding], all: Bool) -> String {
    let groups = Dictionary(grouping: findings, by: \.rule)
    var seen: [String: Int] = [:]
    var text = ""
    var folded = ""
    for finding in findings {
      let count = groups[finding.rule]?.count ?? 0
      let shown = all || count <= Self.shownOfARule + 1 ? count : Self.shownOfARule
      let position = seen[finding.rule, default: 0]
      seen[finding.rule] = position + 1
      if position < shown {
        text += self.text(for: finding)
      } else if position == shown {
        let more = style.bold("and \(count - shown) more")
        folded += "\(more) of \(finding.rule.line); --all shows them\n"
      }
    }
    return text + folded
  }

  /// So many findings of a rule are drawn; of further ones the place and the message are enough.
  static let drawnOfARule = 3
  /// So many findings of a rule are shown.
  static let shownOfARule = 10

  /// The findings of a report that count, those of one rule together: the gravest first, and of one
  /// severity in the order of the report.
  func text(of report: Report, all: Bool) -> String {
    var blocks: [String] = []
    var explained: Set<String> = []
    var drawn: Set<Place> = []
    for group in Self.groups(report.gravestFirst.filter { $0.finding.allowedBecause == nil }) {
      let shown = all || group.count <= Self.shownOfARule + 1 ? group.count : Self.shownOfARule
      let isDrawn = all || group.count <= Self.drawnOfARule + 1
      var short: [String] = []
      for (index, finding) in group.prefix(shown).enumerated() {
        guard isDrawn || index < Self.drawnOfARule else {
          short.append(heading(of: finding) + "\n")
          continue
        }
        let isExplained = explained.insert(finding.rule).inserted
        blocks.append(
          text(for: finding, isExplained: isExplained) { place in drawn.insert(place).inserted })
      }
      if shown < group.count {
        let count = style.bold("and \(group.count - shown) more")
        short.append("\(count) of \(group[0].rule.line); --all shows them\n")
      }
      if !short.isEmpty { blocks.append(short.joined()) }
    }
    return blocks.isEmpty ? "" : blocks.joined(separator: "\n")
  }

  /// The findings that are meant, a line for each: those of a policy, and with `all` those that are
  /// only known.
  func allowed(in report: Report, all: Bool) -> String {
    var text = ""
    for group in Self.groups(report.gravestFirst) {
      let meant = group.filter {
        $0.allowedBecause != nil && (all || $0.allowedBy != .baseline)
      }
      let shown = all || meant.count <= Self.shownOfARule + 1 ? meant.count : Self.shownOfARule
      for finding in meant.prefix(shown) {
        text += "\(place(of: finding)) \(style.dim("allowed:")) \(finding.message.line) "
        text += "\(rule(of: finding)), because \(finding.allowedBecause?.line ?? "")\n"
      }
      if shown < meant.count {
        text += "and \(meant.count - shown) more of \(meant[0].rule.line) are allowed\n"
      }
    }
    return text
  }

  /// The findings of one severity and rule together, each group where its first finding is, with the
  /// names of their files.
  private static func groups(_ entries: [(file: String, finding: Finding)]) -> [[Finding]] {
    struct Key: Hashable {
      var severity: Severity
      var rule: String
    }
    var positions: [Key: Int] = [:]
    var groups: [[Finding]] = []
    for (file, finding) in entries {
      var finding = finding
      finding.place.file = finding.place.file ?? file
      if finding.place.file == "-" { finding.place.file = "standard input" }
      let key = Key(severity: finding.severity, rule: finding.rule)
      if let position = positions[key] {
        groups[position].append(finding)
      } else {
        positions[key] = groups.count
        groups.append([finding])
      }
    }
    return groups
  }
}
