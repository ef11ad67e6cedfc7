import Diagnostics
import PlatformLint

/// The judge that the command line and the policy ask for.
struct Judging {
  var judge: Judge
  var policy: PolicyFile?

  /// The files that decide, which no report may replace.
  var configuration: [String] { [policy?.path, policy?.baselinePath].compactMap(\.self) }

  /// From which severity on the policy fails a run.
  var failOn: FailureThreshold? { policy?.policy.failOn }

  /// - Throws: ``Failure`` with status 64 for a rule that there isn't, and 66 or 78 for a bad policy.
  init(_ settings: JudgingSettings, takesBaseline: Bool = true) throws(Failure) {
    policy = try PolicyFile.load(settings.policy, today: settings.today)
    judge = Judge()
    if !settings.rules.isEmpty {
      var chosen: Set<String> = []
      for name in settings.rules { chosen.formUnion(try Self.rules(named: name, for: "--rule")) }
      judge.rules = RuleCatalogue.all.filter { chosen.contains($0.id) }
    }
    if let policy { take(policy.policy) }
    if takesBaseline, let path = policy?.baselinePath {
      judge.baseline = try PolicyFile.decode(Baseline.self, in: path)
    }
    switch settings.profile {
    case .vm?: judge.profile = .vm
    case .soc?: judge.profile = .soc
    case .auto?: judge.profile = nil
    case nil: break
    }
    // The last word on a rule holds, as everywhere on a command line.
    for severity in settings.severities {
      for rule in try Self.rules(named: severity.name, for: "--severity") {
        judge.severities[rule] = severity.setting
      }
    }
    if judge.rules.allSatisfy({ judge.severities[$0.id] == .off }) {
      throw Failure(.usage, "no rule is left to run: every one that is chosen is off")
    }
  }

  private mutating func take(_ policy: Policy) {
    judge.profile = policy.profile
    judge.waivers = policy.waivers
    // A rule's own setting is stronger than its family's.
    let families = policy.severities.filter { !$0.key.contains("/") }
    let rules = policy.severities.filter { $0.key.contains("/") }
    for (name, setting) in families {
      for rule in RuleCatalogue.rules(named: name) { judge.severities[rule.id] = setting }
    }
    for (name, setting) in rules { judge.severities[name] = setting }
  }

  /// The ids of the rules that are meant by ids and families.
  ///
  /// - Throws: ``Failure`` with status 64 for a name that there isn't.
  static func rules(named names: [String], for option: String) throws(Failure) -> Set<String> {
    var rules: Set<String> = []
    for name in names { rules.formUnion(try Self.rules(named: name, for: option)) }
    return rules
  }

  private static func rules(named name: String, for option: String) throws(Failure) -> [String] {
    let rules = RuleCatalogue.rules(named: name).map { $0.id }
    guard rules.isEmpty else { return rules }
    throw Failure(
      .usage,
      "\(option): there is no rule or family '\(name)'; the families are "
        + RuleCatalogue.families.joined(separator: ", "))
  }
}
