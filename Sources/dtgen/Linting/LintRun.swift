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
    var session = try LintSession(request.judging, limits: request.limits)
    session.drawsPlaces = request.outputs.contains { $0.format == .text }
    session.explainsDMA = request.explainsDMA
    let files = session.judge(request.inputs)
    let report = Report(
      files, judge: session.judging.judge, isVerbose: request.isVerbose,
      withPages: request.outputs.contains { $0.format == .sarif })
    for file in files {
      guard case .failure(let failure) = file.result else { continue }
      StandardStream.error.write("dtgen: error: \(failure.message.safeForTerminal)\n")
    }
    let failOn = request.failOn ?? session.judging.failOn ?? .error
    try ReportWriter(
      outputs: request.outputs, isQuiet: request.isQuiet, failOn: failOn, inputs: request.inputs,
      tables: request.explainsDMA ? files.tables : nil
    ).write(report)
    let policyStatus = reportPolicy(session, files)
    if let failure = files.firstFailure { return failure.status }
    if policyStatus != .clean { return policyStatus }
    return failOn.status(of: report.tally)
  }

  /// Says which waivers nothing needed, and what the baseline knows and isn't there any more.
  private func reportPolicy(_ session: LintSession, _ files: [LintedFile]) -> ExitStatus {
    guard let policy = session.judging.policy else { return .clean }
    var used: Set<Int> = []
    var unused: Set<Int> = []
    var stale = 0
    for case .success(let judgement) in files.map(\.result) {
      used.formUnion(judgement.usedWaivers)
      unused.formUnion(judgement.unusedWaivers)
      stale += judgement.stale.count
    }
    if stale > 0, let baseline = policy.baselinePath, !request.isQuiet {
      let what = stale == 1 ? "1 finding is" : "\(stale) findings are"
      StandardStream.error.write(
        "dtgen: \(baseline): \(what) no longer there; see dtgen baseline prune\n".safeLine)
    }
    let idle = unused.subtracting(used).sorted()
    for position in idle {
      let waiver = policy.policy.waivers[position]
      StandardStream.error.write(
        "dtgen: error: \(policy.path): nothing needs the waiver of \(waiver.description)\n".safeLine
      )
    }
    return idle.isEmpty ? .clean : .badConfiguration
  }
}

extension [LintedFile] {
  /// Where the devices of each file may DMA.
  var tables: [(file: String, table: DMATable)] {
    compactMap { file in file.table.map { (file.name, $0) } }
  }

  /// The first reason for which a file couldn't be judged; nil where all were.
  var firstFailure: Failure? {
    for case .failure(let failure) in map(\.result) { return failure }
    return nil
  }
}

extension String {
  /// The line, with what a terminal would act on spelled out.
  fileprivate var safeLine: String { String(dropLast()).safeForTerminal + "\n" }
}
