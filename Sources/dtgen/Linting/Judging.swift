import Diagnostics
import GuestView
import PlatformLint

/// The judge that the command line and the policy ask for.
struct Judging {
  var judge: Judge
  var policy: PolicyFile?
  /// The guest's kernel, whose rules are asked though no profile names one; nil where one does, or where the
  /// kernel is that of all rules.
  private(set) var kernel: Target?

  /// The files that decide, which no report may replace.
  var configuration: [String] { [policy?.path, policy?.baselinePath].compactMap(\.self) }

  /// From which severity on the policy fails a run.
  var failOn: FailureThreshold? { policy?.policy.failOn }

  /// - Throws: ``Failure`` with status 64 for a rule that there isn't, and 66 or 78 for a bad policy.
  ///
  /// `kernel` is the version of the guest's kernel, where that is known.
  init(
    _ settings: JudgingSettings, kernel: GuestConfiguration.Version? = nil,
    takesBaseline: Bool = true
  ) throws(Failure) {
    policy = try PolicyFile.load(settings.policy, today: settings.today)
    judge = Judge()
    if let policy { take(policy.policy) }
    take(settings.profiles)
    if let target = Target.kernel(kernel, beside: judge.targets) {
      judge.targets.append(target)
      self.kernel = target
    }
    if !judge.targets.isEmpty { judge.rules = RuleCatalogue.rules(for: judge.targets) }
    if !settings.rules.isEmpty {
      var chosen: Set<String> = []
      for name in settings.rules { chosen.formUnion(try Self.rules(named: name, for: "--rule")) }
      for name in settings.rules { try requireProfile(for: name) }
      judge.rules.removeAll { !chosen.contains($0.id) }
    }
    if takesBaseline, let path = policy?.baselinePath {
      judge.baseline = try PolicyFile.decode(Baseline.self, in: path)
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

  /// Takes what the command line says, whose kind of machine and whose consumers each replace those of the
  /// policy.
  private mutating func take(_ profiles: [ProfileSetting]) {
    for profile in profiles {
      switch profile {
      case .auto: judge.profile = nil
      case .named(.kind(let kind)): judge.profile = kind
      case .named(.target): break
      }
    }
    let targets = profiles.compactMap(\.target)
    if !targets.isEmpty { judge.targets = targets }
  }

  /// Makes sure that of the rules that `name` means some are asked.
  ///
  /// - Throws: ``Failure`` with status 64 where they are all of a profile that wasn't chosen.
  private func requireProfile(for name: String) throws(Failure) {
    let meant = RuleCatalogue.rules(named: name)
    let ids = Set(meant.map { $0.id })
    guard !judge.rules.contains(where: { ids.contains($0.id) }), let profile = meant.first?.profile
    else { return }
    throw Failure(
      .usage,
      judge.targets.contains { $0.name == profile }
        ? "--rule: '\(name)' holds of no version that --profile names"
        : "--rule: '\(name)' is asked in the profile \(profile.rawValue) alone: add --profile \(profile.rawValue)"
    )
  }

  private mutating func take(_ policy: Policy) {
    judge.profile = policy.profile
    judge.targets = policy.targets
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
