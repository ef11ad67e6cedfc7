public import DeviceTree
public import Diagnostics
public import GuestView

/// A checker with all that has been decided about its findings: which rules run, what they weigh in
/// a profile and in a policy, which findings are meant, and which are known.
public struct Judge: Sendable {
  /// The profile; nil to go by each tree's marks.
  public var profile: Profile?
  /// The consumers that the trees are held to.
  public var targets: [Target]
  /// The rules that run.
  public var rules: [any Rule.Type]
  /// What is made of the findings of a rule, by id; stronger than a profile.
  public var severities: [String: SeveritySetting]
  /// The findings that are meant.
  public var waivers: [Waiver]
  /// The findings that are known.
  public var baseline: Baseline

  /// A judge; without `rules`, with all that its targets ask for.
  public init(
    profile: Profile? = nil, targets: [Target] = [], rules: [any Rule.Type]? = nil,
    severities: [String: SeveritySetting] = [:], waivers: [Waiver] = [],
    baseline: Baseline = Baseline()
  ) {
    self.profile = profile
    self.targets = targets
    self.rules = rules ?? RuleCatalogue.rules(for: targets)
    self.severities = severities
    self.waivers = waivers
    self.baseline = baseline
  }

  /// Judges `tree`.
  ///
  /// `features` is what its devices offer and `guest` what the kernel was built with, where that is known;
  /// `file` is what findings call the file, `policyName` what waivers and the baseline call it; `parity` is
  /// what was found between it and tables, where it was compared with some, and `expected` what it was to be;
  /// `laidBefore` are the overlays in front of an overlay, and `overlays` those that were laid over another tree.
  public func judge(
    _ tree: FlattenedTree, features: DeviceFeatures? = nil, guest: GuestConfiguration? = nil,
    expected: GuestView? = nil, file: String? = nil, policyName: String? = nil,
    parity: ParityFindings? = nil, laidBefore: [FlattenedTree] = [], overlays: [LaidOverlay] = []
  ) -> Judgement {
    let running: [any Rule.Type] =
      severities.isEmpty ? rules : rules.filter { rule in severities[rule.id] != .off }
    let name = policyName ?? file
    if Overlay.isOverlay(tree) {
      return judgeOverlay(GuestView(tree: tree, laidBefore: laidBefore), running, file, name)
    }
    return judge(
      GuestView(tree: tree, features: features, guest: guest, expected: expected), running, file,
      name, parity, overlays)
  }

  /// Judges the tree of `view`, which is no overlay; `file` and `policyName` are as they are for a tree.
  public func judge(
    _ view: GuestView, file: String? = nil, policyName: String? = nil
  ) -> Judgement {
    judge(view, rules.filter { severities[$0.id] != .off }, file, policyName ?? file)
  }

  /// What the rules say of `view`, weighed as the targets have it, without waivers and baseline.
  public func report(on view: GuestView) -> LintReport {
    let idle = targets.idle(for: view)
    var report = Linter(rules: rules.filter { !idle.ask($0) }).lint(view)
    without(idle).weigh(&report.findings, in: profile)
    return report
  }

  /// The same without the consumers that have nothing to say of a tree; its rules stay.
  private func without(_ idle: [IdleTarget]) -> Judge {
    if idle.isEmpty { return self }
    var judge = self
    judge.targets.removeAll { target in idle.contains { $0.target == target } }
    return judge
  }

  private func judge(
    _ view: GuestView, _ running: [any Rule.Type], _ file: String?, _ name: String?,
    _ parity: ParityFindings? = nil, _ overlays: [LaidOverlay] = []
  ) -> Judgement {
    let idle = targets.idle(for: view)
    let held = without(idle)
    let choice: ProfileChoice
    if let profile {
      choice = ProfileChoice(askedFor: profile)
    } else if let target = held.targets.first, let kind = held.targets.kind {
      choice = ProfileChoice(kind, because: "that is what \(target) takes")
    } else {
      choice = Profile.suggested(by: view)
    }
    let asked = idle.isEmpty ? running : running.filter { !idle.ask($0) }
    var report = Linter(rules: asked).lint(view, file: file)
    if let parity { report.add(parity.findings(in: file)) }
    if !overlays.isEmpty { report.add(LaidOverlay.findings(in: overlays, among: asked)) }
    var skipped: [Report.SkippedRule] = []
    for rule in report.skipped {
      skipped.append(Report.SkippedRule(rule.rule, missing: rule.missing.names))
    }
    if !idle.isEmpty {
      for rule in running {
        guard let consumer = idle.first(where: { $0.target.name == rule.profile }) else { continue }
        skipped.append(Report.SkippedRule(rule.id, missing: [consumer.missing]))
      }
      skipped.sort { $0.rule < $1.rule }
    }
    var judgement = held.finished(
      report, name, Judgement(choice: choice, findings: [], skipped: skipped),
      isCompared: parity != nil, isExpected: view.expected != nil)
    judgement.targetRemarks = targets.remarks(on: view)
    return judgement
  }

  private func judgeOverlay(
    _ view: GuestView, _ running: [any Rule.Type], _ file: String?, _ name: String?
  ) -> Judgement {
    var applying: [any Rule.Type] = []
    var skipped: [Report.SkippedRule] = []
    for rule in running where rule.needs.isOfOneTree {
      if Overlay.rules.contains(rule.id) {
        applying.append(rule)
      } else {
        skipped.append(Report.SkippedRule(rule.id, missing: ["base tree"]))
      }
    }
    let report = Linter(rules: applying).lint(view, file: file)
    return finished(
      report, name,
      Judgement(choice: nil, findings: [], skipped: skipped.sorted { $0.rule < $1.rule }))
  }

  /// Adds the findings to `judgement`, as severities, waivers and the baseline have them.
  ///
  /// Findings about several machines are added by themselves, and so are those about one tree or set.
  /// Without `isCompared`, a tree or tables were judged alone, and rules about both had no say; without
  /// `isExpected`, nobody said what the tree was to be.
  func finished(
    _ report: LintReport, _ name: String?, _ judgement: Judgement, ofMachines: Bool = false,
    isCompared: Bool = false, isExpected: Bool = false
  ) -> Judgement {
    var judgement = judgement
    var findings = report.findings
    weigh(&findings, in: judgement.choice?.profile)
    for (position, waiver) in waivers.enumerated() where waiver.applies(to: name ?? "") {
      // A rule that didn't run couldn't have needed the waiver.
      guard
        rules.contains(where: {
          $0.id == waiver.rule && $0.needs.contains(.machines) == ofMachines
        }), severities[waiver.rule] != .off,
        !judgement.skipped.contains(where: { $0.rule == waiver.rule }),
        isCompared || !RuleCatalogue.isOfParity(waiver.rule),
        isExpected || !RuleCatalogue.isOfDrift(waiver.rule)
      else { continue }
      var isUsed = false
      for index in findings.indices
      where findings[index].allowedBecause == nil && waiver.covers(findings[index]) {
        findings[index].allowedBecause = waiver.reason
        findings[index].allowedBy = .policy
        isUsed = true
      }
      if isUsed {
        judgement.usedWaivers.append(position)
      } else {
        judgement.unusedWaivers.append(position)
      }
    }
    if let name {
      judgement.stale = baseline.mark(
        &findings, file: name,
        unasked: unasked(
          judgement.skipped, ofMachines: ofMachines, isCompared: isCompared,
          isExpected: isExpected))
    }
    judgement.findings = findings
    judgement.omitted = report.omitted
    return judgement
  }

  /// The rules of which a run that skipped some has nothing to say.
  ///
  /// They were not chosen, or lacked an input. One that is off has been decided about.
  ///
  /// Nothing can be said of several machines by whoever looks at one tree, nor of a tree by whoever looks
  /// at what is wrong between machines (`ofMachines`); both are asked one after the other.
  public func unasked(
    _ skipped: [Report.SkippedRule], ofMachines: Bool = false, isCompared: Bool = false,
    isExpected: Bool = false
  ) -> Set<String> {
    let chosen = Set(
      rules.filter { $0.needs.contains(.machines) == ofMachines }.map { $0.id })
    let others = RuleCatalogue.all.map { $0.id }.filter { !chosen.contains($0) }
    let parity = isCompared ? [] : RuleCatalogue.forParity.map { $0.id }
    let drift = isExpected ? [] : RuleCatalogue.forDrift.map { $0.id }
    return Set(others + skipped.map(\.rule) + parity + drift)
  }

  private func weigh(_ findings: inout [Finding], in profile: Profile?) {
    var leniencies = profile?.leniencies ?? []
    if !targets.isEmpty { leniencies += targets.weights }
    if leniencies.isEmpty, severities.isEmpty { return }
    for index in findings.indices {
      let rule = findings[index].rule
      if let severity = severities[rule]?.severity {
        findings[index].severity = severity
      } else {
        for leniency in leniencies where leniency.rule == rule {
          findings[index].severity = min(findings[index].severity, leniency.severity)
        }
      }
    }
    findings = Linter.sorted(findings)
  }
}
