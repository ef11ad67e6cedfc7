/// All that a run has to say: what every form of a report is made from.
///
/// A report is a value without behaviour: who fills it decides what was judged and by which rules,
/// and the renderers (``TextReport``, ``JSONReport``, ``SARIFReport``, ``JUnitReport``,
/// ``GitHubReport``) only write it down. The same value gives the same bytes.
public struct Report: Sendable, Hashable {
  /// Who is reporting.
  public var tool: Tool
  /// The rules that were asked for, run or not, in the order in which they are listed.
  public var rules: [RuleDescription]
  /// The files that were judged, in the order in which the user named them.
  public var files: [File]
  /// The inputs that could not be judged, in the order in which the user named them.
  public var unreadable: [UnreadableInput]
  /// What became of each waiver of the policy, in its order.
  public var waivers: [Waiver]
  /// What the machines of a run that judges them together share; nil for other runs.
  public var shares: [Share]?

  /// A report.
  public init(
    tool: Tool, rules: [RuleDescription], files: [File] = [], unreadable: [UnreadableInput] = [],
    waivers: [Waiver] = [], shares: [Share]? = nil
  ) {
    self.tool = tool
    self.rules = rules
    self.files = files
    self.unreadable = unreadable
    self.waivers = waivers
    self.shares = shares
  }

  /// How much was found in all files.
  public var tally: Tally {
    files.reduce(into: Tally([])) { $0.add($1.findings) }
  }

  /// The rules that lacked an input for at least one file, each once, by id.
  public var skipped: [SkippedRule] { SkippedRule.distinct(in: files.flatMap(\.skipped)) }
}
