import Diagnostics
public import GuestView

extension Judge {
  /// Judges the tables of `view` as one set, and says of each of their files what there is to say.
  ///
  /// Findings are in the files in which they are; `policyNames` is what waivers and the baseline call
  /// those, in the order of the set; `parity` is what was found between them and a tree, where they were
  /// compared with one.
  public func judge(
    _ view: TablesView, policyNames: [String], parity: ParityFindings? = nil
  ) -> [Judgement] {
    let running: [any Rule.Type] = rules.filter {
      $0.needs.contains(.tables) && severities[$0.id] != .off
    }
    let report = Linter(rules: running).lint(view)
    let skipped = report.skipped.map { Report.SkippedRule($0.rule, missing: $0.missing.names) }
    return view.set.members.indices.map { index in
      let name = view.set.members[index].name
      let own = LintReport(
        findings: Linter.sorted(
          report.findings.filter { finding in
            finding.place.file == name || index == 0 && finding.place.file == nil
          } + (parity?.findings(in: name) ?? [])), skipped: [],
        omitted: index == 0 ? report.omitted + (parity?.report.omitted ?? []) : [],
        unusedAllowances: [])
      return finished(
        own, policyNames.indices.contains(index) ? policyNames[index] : name,
        Judgement(choice: nil, findings: [], skipped: skipped, isOverlay: false),
        isCompared: parity != nil)
    }
  }
}
