/// What a project has decided about the checks of its trees: the content of `.dtgen.json`.
public struct Policy: Sendable, Hashable {
  /// The profile; nil to go by each tree's marks.
  public var profile: Profile?
  /// The consumers that the trees are held to.
  public var targets: [Target]
  /// From which severity on a run fails; nil where the policy doesn't say.
  public var failOn: FailureThreshold?
  /// What is made of the findings of rules and families, by name.
  public var severities: [String: SeveritySetting]
  /// The findings that are meant.
  public var waivers: [Waiver]
  /// The path of the baseline, relative to the policy file; nil where there is none.
  public var baseline: String?

  /// A policy; what isn't given is not decided.
  public init(
    profile: Profile? = nil, targets: [Target] = [], failOn: FailureThreshold? = nil,
    severities: [String: SeveritySetting] = [:], waivers: [Waiver] = [], baseline: String? = nil
  ) {
    self.profile = profile
    self.targets = targets
    self.failOn = failOn
    self.severities = severities
    self.waivers = waivers
    self.baseline = baseline
  }

  /// The waivers that hold no longer on `today`.
  public func expired(on today: CalendarDate) -> [Waiver] {
    waivers.filter { waiver in waiver.expires.map { $0 < today } ?? false }
  }
}
