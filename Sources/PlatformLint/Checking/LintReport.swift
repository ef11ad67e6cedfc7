public import Diagnostics

/// What a check found, and what it could not look for.
public struct LintReport: Sendable, Hashable {
  /// A rule that did not run.
  public struct Skipped: Sendable, Hashable {
    /// The id of the rule.
    public let rule: String
    /// What it would have needed and was not given.
    public let missing: Inputs
  }

  /// A rule that found more than a person would read.
  public struct Omitted: Sendable, Hashable {
    /// The id of the rule.
    public let rule: String
    /// How many findings there were beyond ``Linter/mostFindings``.
    public let count: Int
  }

  /// The findings, the gravest first, and of one severity in the order of the file.
  public internal(set) var findings: [Finding]
  /// The rules that did not run, by id: they have not passed.
  public let skipped: [Skipped]
  /// The rules with more than ``Linter/mostFindings``, in the order in which they ran.
  public let omitted: [Omitted]
  /// Allowances that no finding needed.
  public let unusedAllowances: [Allowance]

  /// Takes up findings of another look at the same file.
  mutating func add(_ others: [Finding]) { findings = Linter.sorted(findings + others) }

  /// The severity of the gravest finding that nobody allowed; nil where there is none.
  public var worst: Severity? {
    findings.filter { $0.allowedBecause == nil }.map(\.severity).max()
  }
}
