public import Diagnostics

/// The findings about a tree that make way for findings about several machines: one cause, one finding.
public struct Superseding: Sendable {
  private struct Key: Hashable {
    let rule: String
    let file: String?
    let node: String?
  }

  private var keys: Set<Key> = []

  /// What makes way for `findings`, which are about several machines.
  public init(_ findings: [Finding]) {
    for finding in findings {
      guard let found = RuleCatalogue.rule(finding.rule), found.needs.contains(.machines),
        let rule = found as? any PairRule.Type
      else { continue }
      for weaker in rule.supersedes {
        keys.insert(Key(rule: weaker.id, file: finding.place.file, node: finding.place.node))
      }
    }
  }

  /// Whether `finding`, which is about one tree, makes way.
  public func covers(_ finding: Finding) -> Bool {
    keys.contains(Key(rule: finding.rule, file: finding.place.file, node: finding.place.node))
  }
}
