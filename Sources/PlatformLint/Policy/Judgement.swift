public import Diagnostics

/// What a ``Judge`` has to say about one tree, or about one file of tables.
public struct Judgement: Sendable {
  /// The profile, and why; nil for an overlay, which is judged by few rules, and for tables.
  public let choice: ProfileChoice?
  /// The findings, the gravest first, those that are allowed marked.
  public var findings: [Finding]
  /// The rules that did not run, by id: they have not passed.
  public let skipped: [Report.SkippedRule]
  /// The rules of which not all findings were kept.
  public internal(set) var omitted: [LintReport.Omitted] = []
  /// The positions of the waivers that a finding needed.
  public internal(set) var usedWaivers: [Int] = []
  /// The positions of the waivers that speak of this file, and that no finding needed.
  public internal(set) var unusedWaivers: [Int] = []
  /// What the baseline knows of this file, and wasn't found.
  public internal(set) var stale = Baseline()

  /// What is to be said of the consumers that were named and have little or nothing to say of the tree: lower case,
  /// without a full stop.
  public internal(set) var targetRemarks: [String] = []

  private let isOverlay: Bool

  init(
    choice: ProfileChoice?, findings: [Finding], skipped: [Report.SkippedRule],
    isOverlay: Bool = true
  ) {
    self.choice = choice
    self.isOverlay = isOverlay && choice == nil
    self.findings = findings
    self.skipped = skipped
  }

  /// How the tree was judged, for a report: lower case, without a full stop.
  ///
  /// The profile is left to whoever knows how many trees there are.
  public var remarks: [String] {
    var remarks: [String] = []
    if isOverlay {
      remarks.append(
        "an overlay, of which only the references and the structure are judged; lay it over its base and judge that"
      )
    }
    for omitted in omitted {
      remarks.append("\(omitted.count) more findings of \(omitted.rule) are left out")
    }
    return remarks
  }
}
