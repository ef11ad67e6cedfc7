import Diagnostics
import PlatformLint

/// Judges files and reports.
struct LintRun {
  let request: LintRequest

  init(_ request: LintRequest) { self.request = request }

  /// Judges and reports, and gives the status of the worst.
  ///
  /// - Throws: ``Failure`` where nothing can be judged, or a report can't be written.
  func run() throws(Failure) -> ExitStatus {
    var session = try LintSession(
      request.judging, limits: request.limits, guest: request.guest)
    session.drawsPlaces = request.outputs.contains { $0.format == .text }
    session.explainsDMA = request.explainsDMA
    session.architecture = request.architecture
    session.features = request.features
    session.featuresOfMachines = request.featuresOfMachines
    let required = try Judging.rules(named: request.required, for: "--require")
    session.areOfOneMachine = request.areOfOneMachine
    let inputs = LintInputs(request.inputs)
    if request.pair == nil, !request.isQuiet {
      for name in inputs.namedAgain {
        StandardStream.error.writeLine(
          "dtgen: \(InputFile.name(of: name)): named more than once, and judged once")
      }
    }
    if !request.expected.isEmpty {
      session.expected = try ExpectedMachine(request.expected, limits: request.limits).view(
        guest: request.guest)
    }
    // Nobody named it, and it may turn off what the gate is there for.
    if request.given != nil, case .workingDirectory = request.judging.policy,
      let policy = session.judging.policy
    {
      StandardStream.error.writeLine(
        "dtgen: judged by the policy of the working directory, \(policy.path); --no-policy does without"
      )
    }
    let failOn = request.failOn ?? session.judging.failOn ?? .error
    if request.given != nil, failOn == .never { throw uselessGate }
    var shares: [Report.Share]?
    let files: [LintedFile]
    if let pair = request.pair {
      let judged = try session.judge(machines: inputs, pair)
      files = judged.files
      shares = judged.shares
    } else if let given = request.given {
      files = session.judge(given)
    } else {
      files = request.base.map { session.judge(request.inputs, on: $0) } ?? session.judge(inputs)
      if request.areOfOneMachine == true { try files.requireOneMachine() }
      if session.expected != nil { try files.requireOneTree() }
    }
    tellIdleProfiles(files)
    // Nobody but a policy asks for it.
    let scope = session.judging.policy == nil ? RunScope() : session.scope(of: inputs, files)
    var report = Report(
      files, judge: session.judging.judge, isVerbose: request.isVerbose,
      withPages: request.outputs.contains { $0.format == .sarif }, ofMachines: shares != nil,
      kernel: session.judging.kernel, isExpected: session.expected != nil)
    report.shares = shares
    try requireRules(report, files)
    report.add(session.judging.judge.waivers, session.waiverStatuses(of: files, in: scope))
    files.tellFailures()
    try ReportWriter(
      outputs: request.outputs, text: request.text, failOn: failOn,
      inputs: inputs.entries.map(\.path) + request.expected
        + [request.base, request.pair?.hostMap].compactMap(\.self)
        + session.judging.configuration,
      tables: request.explainsDMA ? files.tables : nil
    ).write(report)
    let policyStatus = reportPolicy(session, files, report.waivers, scope)
    if let failure = files.firstFailure { return failure.status }
    if policyStatus != .clean { return policyStatus }
    if tellSkipped(report, files, required: required) { return .findings }
    return failOn.status(of: report.tally)
  }

  /// Says that nobody takes what was named, or little of it: a consumer that was named takes a tree alone, or trees of
  /// other machines.
  private func tellIdleProfiles(_ files: [LintedFile]) {
    var order: [String] = []
    var places: [String: (name: String, count: Int)] = [:]
    for file in files {
      for remark in (try? file.result.get())?.targetRemarks ?? [] {
        if places[remark] == nil { order.append(remark) }
        places[remark, default: (InputFile.name(of: file.path), 0)].count += 1
      }
    }
    for remark in order {
      guard let place = places[remark] else { continue }
      let others = place.count == 1 ? "" : " and \(place.count - 1) more"
      StandardStream.error.writeLine("dtgen: \(place.name)\(others): \(remark)")
    }
    guard !files.isEmpty, files.allSatisfy(\.isOfTables) else { return }
    for target in request.judging.profiles.compactMap(\.target) {
      StandardStream.error.writeLine(
        "dtgen: --profile \(target.name) is about device trees, and only ACPI tables were named")
    }
  }

  /// Why a gate isn't one that lets every guest through.
  private var uselessGate: Failure {
    let place = request.failOn == nil ? "failOn of the policy" : "--fail-on"
    return Failure(
      request.failOn == nil ? .badConfiguration : .usage,
      "\(place) is never: a gate that nothing fails would let every guest through")
  }

  /// Makes sure that some rule was asked about what was named: nothing found would say that all is well.
  private func requireRules(_ report: Report, _ files: [LintedFile]) throws(Failure) {
    guard report.rules.isEmpty, !files.isEmpty, files.firstFailure == nil else { return }
    let areTables = files.contains(where: \.isOfTables)
    throw Failure(
      .usage,
      "no rule that was chosen is about \(areTables ? "ACPI tables" : "device trees") "
        + "by themselves, which is what was named")
  }

  /// Says which of the `required` rules could not be asked, and whether there are any.
  private func tellSkipped(
    _ report: Report, _ files: [LintedFile], required: Set<String>
  ) -> Bool {
    guard !required.isEmpty else { return false }
    var isMissing = false
    // Of what nothing was named that it is about, no file says that it was skipped.
    let asked = Set(report.rules.map(\.id))
    for name in RuleCatalogue.unasked(request.required, asked: asked) {
      isMissing = true
      let needs = RuleCatalogue.rules(named: name).first?.needs.names.joined(separator: ", ") ?? ""
      StandardStream.error.writeLine(
        "dtgen: error: \(name) is required and not asked: off, or in need of what was not named: \(needs)"
      )
    }
    for file in files {
      guard case .success(let judgement) = file.result else { continue }
      for rule in judgement.skipped where required.contains(rule.rule) {
        isMissing = true
        StandardStream.error.writeLine(
          "dtgen: error: \(InputFile.name(of: file.path)): \(rule.rule) is required and was skipped: "
            + "it needs \(rule.missing.joined(separator: ", "))")
      }
    }
    return isMissing
  }

  /// Says which waivers are of no use, and what the baseline knows and isn't there any more.
  private func reportPolicy(
    _ session: LintSession, _ files: [LintedFile], _ waivers: [Report.Waiver], _ scope: RunScope
  ) -> ExitStatus {
    guard let policy = session.judging.policy else { return .clean }
    let stale = files.judgements.reduce(session.judging.judge.baseline.gone(in: scope).count) {
      $0 + $1.stale.count
    }
    if stale > 0, let baseline = policy.baselinePath, !request.isQuiet {
      let what = stale == 1 ? "1 finding is" : "\(stale) findings are"
      StandardStream.error.writeLine(
        "dtgen: \(baseline): \(what) no longer there; see dtgen baseline prune")
    }
    var status = ExitStatus.clean
    for (position, waiver) in waivers.enumerated() {
      guard let reason = waiver.error else { continue }
      status = .badConfiguration
      StandardStream.error.writeLine(
        "dtgen: error: \(policy.place(ofWaiver: position)): \(reason)")
    }
    return status
  }
}

extension Report.Waiver {
  /// What is wrong with a waiver that is of no use; nil for one that is, or may be.
  fileprivate var error: String? {
    switch status {
    case .used, .notJudged: nil
    case .unneeded: "nothing needs the waiver of \(description)"
    case .withoutFile: "there is no file for the waiver of \(description)"
    }
  }
}

extension LintSession {
  /// What a run over `scope` has to say about each waiver.
  fileprivate func waiverStatuses(
    of files: [LintedFile], in scope: RunScope
  ) -> [Waiver.Status] {
    judging.judge.waiverStatuses(files.judgements, in: scope)
  }
}
