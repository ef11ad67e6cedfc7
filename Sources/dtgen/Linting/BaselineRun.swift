import Diagnostics
import PlatformLint

/// Compares what is found with what is known.
struct BaselineRun {
  private let path: String
  private let session: LintSession
  private let inputs: LintInputs
  /// How the inputs are judged together; nil to judge them one by one.
  private let pair: PairRequest?

  /// What came of a comparison.
  private struct Comparison {
    var baseline: Baseline
    /// What is found and not known.
    var new: [Finding] = []
    /// What is known and not found.
    var gone = Baseline()
    /// What is known of files that this run didn't look at.
    var unjudged = Baseline()

    var summary: String {
      let rest = unjudged.count
      return rest == 0 ? "" : "; \(rest) not judged, in files that were not looked at"
    }
  }

  /// - Throws: ``Failure`` with status 64 where no baseline is named, and those of a bad policy.
  init(
    _ inputs: [String], baseline: String?, pair: PairRequest? = nil,
    judging settings: JudgingSettings, limits: LintLimits
  ) throws(Failure) {
    let policy = try PolicyFile.load(settings.policy, today: settings.today)
    guard let path = baseline ?? policy?.baselinePath else {
      throw Failure(.usage, "no policy names a baseline; name one with --baseline FILE")
    }
    self.path = path
    // What is found is compared here, all of it; the baseline may not even exist yet.
    session = try LintSession(
      settings, limits: limits, takesBaseline: false,
      policyDirectory: policy?.directory ?? Path.directory(of: path))
    self.inputs = LintInputs(inputs)
    self.pair = pair
  }

  private func judged() throws(Failure) -> [LintedFile] {
    guard let pair else { return session.judge(inputs) }
    return try session.judge(machines: inputs, pair).files
  }

  /// Writes down what is found.
  func create(force: Bool) throws(Failure) -> ExitStatus {
    if !force, Path.exists(path) {
      throw Failure(.cannotWrite, "\(path): is there already; --force replaces it")
    }
    var found = Baseline()
    for file in try judged() {
      found.add(try file.result.get().findings, file: session.policyName(of: file.path))
    }
    try write(found)
    report("\(found.count) \(found.count == 1 ? "finding" : "findings") in \(path)")
    return .clean
  }

  /// Fails on what is new, and on what is gone.
  func check() throws(Failure) -> ExitStatus {
    let result = try comparison()
    let text = TextReport(
      style: StandardStream.output.style(), columns: StandardStream.output.columns)
    var new = Report(tool: .dtgen, rules: [])
    new.files.append(.init("", findings: result.new))
    StandardStream.output.write(text.text(for: new, .init(isQuiet: true, showsAll: true)))
    for (entry, count) in result.gone.entries {
      let element = entry.element.isEmpty ? "" : ": \(entry.element)"
      let times = count == 1 ? "" : " (\(count) times)"
      report("\(entry.file): \(entry.node)\(element): is gone\(times) [\(entry.rule)]")
    }
    report("\(result.new.count) new, \(result.gone.count) gone" + result.summary)
    return result.new.isEmpty && result.gone.count == 0 ? .clean : .findings
  }

  /// Forgets what is gone, and what is known of inputs that are there no longer.
  func prune() throws(Failure) -> ExitStatus {
    let result = try comparison(isForgetting: true)
    if result.gone.count > 0 { try write(result.baseline.removing(result.gone)) }
    report("\(result.gone.count) gone from \(path)" + result.summary)
    return .clean
  }

  /// - Throws: the ``Failure`` of the first file that can't be judged: what is found in half of the
  ///   files is no comparison. Only what `isForgetting` is about may be missing, where something is
  ///   known of it.
  private func comparison(isForgetting: Bool = false) throws(Failure) -> Comparison {
    var result = Comparison(baseline: try PolicyFile.decode(Baseline.self, in: path))
    let files = try judged()
    var scope = session.scope(of: inputs, files)
    for file in files {
      let name = session.policyName(of: file.path)
      switch file.result {
      case .success(let judgement):
        var findings = judgement.findings
        var unasked = session.judging.judge.unasked(judgement.skipped)
        if pair != nil {
          unasked.formIntersection(
            session.judging.judge.unasked(judgement.skipped, ofMachines: true))
        }
        result.gone.add(result.baseline.mark(&findings, file: name, unasked: unasked))
        result.new += findings.filter { $0.allowedBecause == nil }
      case .failure(let failure):
        guard isForgetting, isMissing(file.path) else { throw failure }
        scope.failed.remove(name)
        if Glob.isPattern(name) { continue }
        guard result.baseline.knows(name) else { throw failure }
        scope.directories.append(name)
      }
    }
    result.gone.add(result.baseline.gone(in: scope))
    result.unjudged = result.baseline.unjudged(in: scope)
    return result
  }

  /// Whether there is nothing at the path, or nothing in it.
  private func isMissing(_ path: String) -> Bool {
    inputs.empty.contains(path) || path != "-" && !Path.exists(path) && !Path.isLink(path)
  }

  private func write(_ baseline: Baseline) throws(Failure) {
    var files = OutputFiles()
    files.add(path, try JSONText.encode(baseline))
    try files.refuseOverwriting(inputs.entries.map(\.path))
    try files.write()
  }

  private func report(_ line: String) { StandardStream.output.writeLine(line) }
}
