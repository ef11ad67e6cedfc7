public import Diagnostics
public import GuestView

/// Holds a guest's view of a description against rules.
public struct Linter: Sendable {
  /// The most findings that are kept of one rule.
  ///
  /// A tree of any use has a few; a hostile one could have more than fit into memory.
  public static let mostFindings = 1000

  /// The rules, in the order in which they run.
  public let rules: [any Rule.Type]
  private let severities: [String: Severity]
  private let allowances: [Allowance]

  /// A linter.
  ///
  /// `severities` replaces the severity of every finding of the rules that it names by id. Findings
  /// that `allowances` cover are kept and marked.
  public init(
    rules: [any Rule.Type] = RuleCatalogue.standard, severities: [String: Severity] = [:],
    allowances: [Allowance] = []
  ) {
    self.rules = rules
    self.severities = severities
    self.allowances = allowances
  }

  /// Checks `view`; `file` is what the findings call the file.
  public func lint(_ view: GuestView, file: String? = nil) -> LintReport {
    guard !rules.isEmpty else {
      return LintReport(
        findings: [], skipped: [], omitted: [], unusedAllowances: allowances)
    }
    let inputs = Inputs(of: view)
    var reporter = Reporter(view, file: file, rules: rules)
    var skipped: [LintReport.Skipped] = []
    for (index, rule) in rules.enumerated() {
      let needs = rule.needs
      // What is about tables, or about several trees, has nothing to say of one, and isn't missed; nor is what holds
      // it against another that nobody named.
      guard needs.isOfOneTree || (needs.isOfDrift && view.expected != nil) else { continue }
      let missing = needs.subtracting(inputs)
      if missing.isEmpty {
        reporter.run(rule, at: index)
      } else {
        skipped.append(LintReport.Skipped(rule: rule.id, missing: missing))
      }
    }
    return finished(
      reporter.drafts, skipped: skipped.sorted { $0.rule < $1.rule })
  }

  /// What there is to say of `drafts`: without what follows from others, weighed, marked and in order.
  func finished(
    _ drafts: FindingDrafts, skipped: [LintReport.Skipped] = []
  ) -> LintReport {
    var findings = withoutSilenced(drafts.all).map(\.finding)
    for index in findings.indices {
      findings[index].severity = severities[findings[index].rule] ?? findings[index].severity
    }
    let unused = allow(&findings)
    findings = Self.sorted(findings)
    return LintReport(
      findings: findings, skipped: skipped, omitted: drafts.omitted, unusedAllowances: unused)
  }

  /// Drops what follows from another finding at the same node.
  private func withoutSilenced(_ drafts: [FindingDrafts.Draft]) -> [FindingDrafts.Draft] {
    struct Key: Hashable {
      var rule: String
      var node: Int
    }
    guard drafts.count > 1, drafts.contains(where: { !rules[$0.rule].silencedBy.isEmpty }) else {
      return drafts
    }
    let found = Set(drafts.map { Key(rule: rules[$0.rule].id, node: $0.node) })
    return drafts.filter { draft in
      draft.node < 0
        || !rules[draft.rule].silencedBy.contains {
          found.contains(Key(rule: $0.id, node: draft.node))
        }
    }
  }

  /// Marks what is allowed, and returns the allowances that were of no use.
  private func allow(_ findings: inout [Finding]) -> [Allowance] {
    guard !allowances.isEmpty else { return [] }
    struct Key: Hashable {
      var rule: String
      var node: String
    }
    var positions: [Key: Int] = [:]
    for (position, allowance) in allowances.enumerated() {
      let key = Key(rule: allowance.rule, node: allowance.node)
      if positions[key] == nil { positions[key] = position }
    }
    var isUsed = [Bool](repeating: false, count: allowances.count)
    for index in findings.indices {
      guard let node = findings[index].place.node,
        let position = positions[Key(rule: findings[index].rule, node: node)]
      else { continue }
      findings[index].allowedBecause = allowances[position].reason
      isUsed[position] = true
    }
    return allowances.enumerated().filter { !isUsed[$0.offset] }.map(\.element)
  }

  /// `findings`, the gravest first, and of one severity in the order of the file.
  static func sorted(_ findings: [Finding]) -> [Finding] {
    struct Key {
      let severity: Severity
      let offset: Int
      let position: Int
    }
    // A finding holds many texts, each of which would be counted whenever it is moved.
    var keys: [Key] = []
    for position in findings.indices {
      keys.append(
        Key(
          severity: findings[position].severity,
          offset: findings[position].place.byteOffset ?? 0, position: position))
    }
    keys.sort { left, right in
      if left.severity != right.severity { return left.severity > right.severity }
      if left.offset != right.offset { return left.offset < right.offset }
      let (one, other) = (findings[left.position], findings[right.position])
      if one.rule != other.rule { return one.rule < other.rule }
      if one.message != other.message { return one.message < other.message }
      return left.position < right.position
    }
    return keys.map { findings[$0.position] }
  }
}
