import Diagnostics
import PlatformLint

/// Compares what is found with what is known.
struct BaselineRun {
  private let path: String
  private let session: LintSession
  private let inputs: [String]

  /// - Throws: ``Failure`` with status 64 where no baseline is named, and those of a bad policy.
  init(
    _ inputs: [String], baseline: String?, judging settings: JudgingSettings, limits: LintLimits
  ) throws(Failure) {
    let policy = try PolicyFile.load(settings.policy, today: settings.today)
    guard let path = baseline ?? policy?.baselinePath else {
      throw Failure(.usage, "no policy names a baseline; name one with --baseline FILE")
    }
    self.path = path
    self.inputs = inputs
    // What is found is compared here, all of it; the baseline may not even exist yet.
    session = try LintSession(
      settings, limits: limits, takesBaseline: false,
      policyDirectory: policy?.directory ?? Path.directory(of: path))
  }

  /// Writes down what is found.
  func create(force: Bool) throws(Failure) -> ExitStatus {
    if !force, Path.exists(path) {
      throw Failure(.cannotWrite, "\(path): is there already; --force replaces it")
    }
    var found = Baseline()
    for (file, findings) in try judgedFiles() { found.add(findings, file: file) }
    try write(found)
    report("\(found.count) \(found.count == 1 ? "finding" : "findings") in \(path)")
    return .clean
  }

  /// Fails on what is new, and on what is gone.
  func check() throws(Failure) -> ExitStatus {
    let (new, stale, _) = try comparison()
    let text = TextReport(style: TextStyle(styled: StandardStream.output.isStyled))
    for finding in new { StandardStream.output.write(text.text(for: finding)) }
    for (entry, count) in stale.entries {
      let element = entry.element.isEmpty ? "" : ": \(entry.element)"
      let times = count == 1 ? "" : " (\(count) times)"
      report("\(entry.file): \(entry.node)\(element): is gone\(times) [\(entry.rule)]")
    }
    report("\(new.count) new, \(stale.count) gone")
    return new.isEmpty && stale.count == 0 ? .clean : .findings
  }

  /// Forgets what is gone.
  func prune() throws(Failure) -> ExitStatus {
    let (_, stale, baseline) = try comparison()
    if stale.count > 0 { try write(baseline.removing(stale)) }
    report("\(stale.count) gone from \(path)")
    return .clean
  }

  private func comparison() throws(Failure) -> (new: [Finding], stale: Baseline, all: Baseline) {
    let baseline = try PolicyFile.decode(Baseline.self, in: path)
    var new: [Finding] = []
    var stale = Baseline()
    for (file, findings) in try judgedFiles() {
      var findings = findings
      stale.add(baseline.mark(&findings, file: file))
      new += findings.filter { $0.allowedBecause == nil }
    }
    return (new, stale, baseline)
  }

  /// The findings of each file.
  ///
  /// - Throws: the ``Failure`` of the first file that can't be judged: what is found in half of the
  ///   files is no baseline.
  private func judgedFiles() throws(Failure) -> [(file: String, findings: [Finding])] {
    var judged: [(file: String, findings: [Finding])] = []
    for file in session.judge(inputs) {
      judged.append((session.policyName(of: file.name), try file.result.get().findings))
    }
    return judged
  }

  private func write(_ baseline: Baseline) throws(Failure) {
    var files = OutputFiles()
    files.add(path, try JSONText.encode(baseline))
    try files.refuseOverwriting(inputs)
    try files.write()
  }

  private func report(_ line: String) {
    StandardStream.output.write(line.safeForTerminal + "\n")
  }
}
