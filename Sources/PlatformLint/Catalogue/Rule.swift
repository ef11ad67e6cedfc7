public import Diagnostics
public import GuestView

/// One thing that can be wrong with a platform: what it is, why it matters, and how to see it.
///
/// A rule is an enum without cases in a file of its own. Its fields become its documentation page and
/// its examples become tests; `RuleCatalogue.all` is the only other place that names it.
public protocol Rule: Sendable {
  /// The id, as in `dma/pool-outside-memory`: it reads well after "allow", and it is never reused.
  static var id: String { get }
  /// How much a finding matters, unless the rule or a policy says otherwise.
  static var severity: Severity { get }
  /// How settled the rule is.
  static var status: RuleStatus { get }
  /// The defect in a few words: lower case, no full stop.
  static var summary: String { get }
  /// Why that is a defect: sentences.
  static var rationale: String { get }
  /// What the guest does: lower case, no full stop.
  static var consequence: String { get }
  /// The line that the guest's kernel logs, where it logs one; nil for silence.
  ///
  /// `<node>` stands for the name of the node, `<device>` for the name of the Linux device.
  static var logLine: String? { get }
  /// A line that it logs of some devices, where others have others; nil where all have the same or none.
  ///
  /// It stands on the rule's page and in no finding.
  static var logExample: String? { get }
  /// What to do about it: lower case, no full stop.
  static var help: String { get }
  /// When the rule may be ignored, and what it leaves alone: sentences.
  static var exceptions: String { get }
  /// Where the knowledge comes from; at least one.
  static var sources: [Source] { get }
  /// What other tools call it, as in `dtc: unit_address_vs_reg`.
  static var alsoKnownAs: [String] { get }
  /// What a check has to be given for the rule to say anything.
  static var needs: Inputs { get }
  /// The consumer whose profile asks the rule; nil for a rule that is always asked.
  static var profile: TargetName? { get }
  /// Of Linux, the first version of which the rule doesn't hold; nil where it holds of all.
  static var before: GuestConfiguration.Version? { get }
  /// Rules whose finding at the same node makes this one's idle: one cause, one finding.
  static var silencedBy: [any Rule.Type] { get }
  /// Descriptions in which no rule finds anything; at least one.
  static var good: [Example] { get }
  /// Descriptions in which this rule alone finds something, on the marked lines; at least one.
  static var bad: [Example] { get }
  /// Looks for the defect and reports it wherever it is.
  static func check(_ view: GuestView, _ report: inout Reporter)
}

extension Rule {
  /// New rules are settled unless they say otherwise.
  public static var status: RuleStatus { .stable(since: "0.1") }
  /// Most defects are silent, which is why there is a checker.
  public static var logLine: String? { nil }
  /// Most lines are of every device, or there is none.
  public static var logExample: String? { nil }
  /// Nothing is excepted.
  public static var exceptions: String { "None." }
  /// Nobody else checks this.
  public static var alsoKnownAs: [String] { [] }
  /// The device tree is enough.
  public static var needs: Inputs { .tree }
  /// Every tree is held against the rule.
  public static var profile: TargetName? { nil }
  /// It holds of every version.
  public static var before: GuestConfiguration.Version? { nil }
  /// Nothing silences the rule.
  public static var silencedBy: [any Rule.Type] { [] }
}
