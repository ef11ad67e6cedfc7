/// What is needed of the report of `dtgen lint --format json`.
struct CorpusReport: Decodable {
  struct File: Decodable {
    var findings: [Finding]
  }

  struct Finding: Decodable {
    var rule: String
    var severity: String
  }

  /// How often a rule found something of one severity.
  struct Count {
    var rule: String
    var severity: String
    var findings = 0
    var files = 0

    /// A line of the table, as in `error    43 in   27  memory/region-overlap`.
    var text: String {
      func right(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: " ", count: max(0, 5 - text.count)) + text
      }
      let padding = String(repeating: " ", count: max(0, 7 - severity.count))
      return "\(severity)\(padding)\(right(findings)) in\(right(files))  \(rule)"
    }
  }

  var files: [File]

  /// The counts, the gravest first, and then by rule.
  var counts: [Count] {
    var counts: [String: Count] = [:]
    for file in files {
      var seen: Set<String> = []
      for finding in file.findings {
        let key = "\(Self.order(of: finding.severity)) \(finding.rule)"
        var count = counts[key] ?? Count(rule: finding.rule, severity: finding.severity)
        count.findings += 1
        if seen.insert(key).inserted { count.files += 1 }
        counts[key] = count
      }
    }
    return counts.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func order(of severity: String) -> Int {
    ["error", "warning", "note"].firstIndex(of: severity) ?? 3
  }
}
