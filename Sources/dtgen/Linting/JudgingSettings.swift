import PlatformLint

/// By what trees are to be judged, as the command line says it.
struct JudgingSettings: Equatable {
  /// The rules and families to run; none for all.
  var rules: [String] = []
  /// What rules and families weigh.
  var severities: [NamedSeverity] = []
  /// The profiles; empty where the command line doesn't say.
  var profiles: [ProfileSetting] = []
  /// Where the policy comes from.
  var policy = PolicySource.workingDirectory
  /// The day by which waivers expire; nil for the clock's.
  var today: CalendarDate?
}

/// `--severity NAME=SETTING`.
struct NamedSeverity: Equatable {
  /// A rule or a family.
  var name: String
  var setting: SeveritySetting
}

/// Where a policy comes from.
enum PolicySource: Equatable {
  /// There is none.
  case none
  /// `.dtgen.json` in the working directory, where there is one.
  case workingDirectory
  /// A file that has to be there.
  case file(String)
}
