import ArgumentParser
import PlatformLint

/// By what trees are judged, alike for every command that takes trees from anybody.
struct JudgingOptions: ParsableArguments {
  @Option(
    name: .customLong("rule"),
    help: ArgumentHelp(
      "Run only this rule, or the rules of this family; may be repeated.", valueName: "id"),
    completion: .list(RuleCatalogue.families + RuleCatalogue.all.map { $0.id }))
  var rules: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      What the findings of a rule or a family weigh: error, warning, note, or off; may be repeated.
      """, valueName: "id=severity"),
    transform: Self.severity)
  var severity: [NamedSeverity] = []

  @Option(
    name: .customLong("profile"),
    help: ArgumentHelp(
      """
      What the trees are held to: vm, a virtual machine; soc, a chip, whose vendor's tree a boot \
      loader fills in; auto goes by each tree's marks. And who takes them, which may be repeated: \
      linux-6.1, pvmfw, and what 'dtgen rules --profile list' names.
      """, valueName: "profile"),
    completion: .list(ProfileSetting.names),
    transform: Self.profile)
  var profiles: [ProfileSetting] = []

  @Option(
    help: ArgumentHelp(
      "The policy; without it .dtgen.json in the working directory, where there is one.",
      valueName: "file"),
    completion: .file(extensions: ["json", "json5"]))
  var policy: String?

  @Flag(name: .customLong("no-policy"), help: "Take no policy, though there may be one.")
  var ignoresPolicy = false

  @Option(
    help: ArgumentHelp(
      "The day by which waivers expire, as in 2027-01-31; without it, that of the clock.",
      valueName: "date"),
    transform: Self.date)
  var today: CalendarDate?

  func validate() throws {
    if policy != nil, ignoresPolicy {
      throw ValidationError("--policy and --no-policy exclude each other.")
    }
    try ProfileSetting.check(profiles)
  }

  /// The same, for a run.
  var settings: JudgingSettings {
    JudgingSettings(
      rules: rules, severities: severity, profiles: profiles,
      policy: ignoresPolicy ? .none : policy.map(PolicySource.file) ?? .workingDirectory,
      today: today)
  }

  private static func severity(_ text: String) throws -> NamedSeverity {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let setting = SeveritySetting(rawValue: String(parts[1])) else {
      throw ValidationError("'\(text)' should read like dma/two-pools=warning.")
    }
    return NamedSeverity(name: String(parts[0]), setting: setting)
  }

  private static func profile(_ text: String) throws -> ProfileSetting {
    try ProfileSetting(named: text)
  }

  private static func date(_ text: String) throws -> CalendarDate {
    guard let date = CalendarDate(text) else {
      throw ValidationError("'\(text)' is no date, as in 2027-01-31.")
    }
    return date
  }
}
