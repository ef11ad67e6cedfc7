import Diagnostics
public import GuestView

extension Judge {
  /// Adds what there is to say of the machines of `view` together to what was said of each tree.
  ///
  /// `judgements` are those of the trees, in the order of the machines, and `policyNames` what waivers
  /// and the baseline call their files. Where a finding about the machines says more than one about a
  /// tree, the latter makes way.
  public func judge(
    _ view: MachinesView, judgements: [Judgement], policyNames: [String]
  ) -> [Judgement] {
    let running: [any Rule.Type] = rules.filter {
      $0.needs.contains(.machines) && severities[$0.id] != .off
    }
    let report = Linter(rules: running).lint(view)
    var skipped: [Report.SkippedRule] = []
    for rule in report.skipped {
      skipped.append(Report.SkippedRule(rule.rule, missing: rule.missing.names))
    }
    return judgements.enumerated().map { index, judgement in
      guard view.machines.indices.contains(index) else { return judgement }
      let name = view.machines[index].name
      let own = LintReport(
        findings: report.findings.filter { $0.place.file == name }, skipped: [],
        omitted: index == 0 ? report.omitted : [], unusedAllowances: [])
      let policyName = policyNames.indices.contains(index) ? policyNames[index] : name
      let added = finished(
        own, policyName,
        Judgement(choice: judgement.choice, findings: [], skipped: skipped, isOverlay: false),
        ofMachines: true)
      return judgement.adding(added)
    }
  }
}

extension Judgement {
  /// This judgement of a tree, and `other`, which is of the same tree among several machines.
  fileprivate func adding(_ other: Judgement) -> Judgement {
    let superseding = Superseding(other.findings)
    let kept = findings.filter { !superseding.covers($0) }
    var sum = Judgement(
      choice: choice, findings: Linter.sorted(kept + other.findings),
      skipped: (skipped + other.skipped).sorted { $0.rule < $1.rule }, isOverlay: false)
    sum.omitted = omitted + other.omitted
    sum.targetRemarks = targetRemarks
    sum.usedWaivers = usedWaivers + other.usedWaivers
    sum.unusedWaivers = unusedWaivers + other.unusedWaivers
    sum.stale = stale
    sum.stale.add(other.stale)
    return sum
  }
}
