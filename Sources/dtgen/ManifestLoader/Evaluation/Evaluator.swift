/// Runs a compiled description in a process without rights.
struct Evaluator {
  let toolchain: Toolchain
  let runtime: RuntimeLibrary
  let options: ManifestLoader.Options
  let signals: TerminationSignals
  /// The paths of the description's files.
  let sources: [String]

  private static let model: Int32 = 3
  private static let report: Int32 = 4
  /// More than this on a screen is a mistake, in bytes.
  private static let outputLimit = 1 << 20
  /// How long a description may run whose traps have no lines, in milliseconds: it runs again if it
  /// takes longer.
  private static let hastyTimeLimit = 1000

  /// What the description evaluates to.
  ///
  /// - Throws: ``ManifestError``, of a code that tells what the description did.
  func evaluate(_ object: FileDescriptor) throws(ManifestError) -> LoadedManifest {
    let result = try run(object, timeLimit: options.timeLimit)
    let (output, errors) = (result.captured[0], result.captured[1])
    let report = EvaluationReport(result.captured[3])
    let failure = EvaluationFailure(
      report: report, ending: result.ending, options: options,
      errors: String(decoding: errors, as: UTF8.self), principal: sources.first ?? "platform.swift")
    if let (code, text) = failure.description({ frames in
      Symbolizer(toolchain: toolchain, signals: signals).place(
        of: frames, in: object, among: sources)
    }) {
      // A flood is cut: its beginning tells as much.
      let shown = result.ending == .wroteTooMuch(number: 1) ? Array(output.prefix(1 << 10)) : output
      throw ManifestError(code, text, standardOutput: shown)
    }
    return Self.manifest(result, report)
  }

  /// What a description that was compiled in haste evaluates to; nil where it doesn't, or not at once.
  func evaluateInHaste(_ object: FileDescriptor) throws(ManifestError) -> LoadedManifest? {
    let result = try run(object, timeLimit: min(options.timeLimit, Self.hastyTimeLimit))
    let report = EvaluationReport(result.captured[3])
    guard result.ending == .exited(0), report.outcome == .returned(0) else { return nil }
    return Self.manifest(result, report)
  }

  private static func manifest(
    _ result: Child.Result, _ report: EvaluationReport
  ) -> LoadedManifest {
    LoadedManifest(
      model: result.captured[2], standardOutput: result.captured[0],
      warnings: String(decoding: result.captured[1], as: UTF8.self) + warnings(report.unprotected),
      cached: false)
  }

  private func run(
    _ object: FileDescriptor, timeLimit: Int
  ) throws(ManifestError) -> Child.Result {
    var arguments = [
      FileDescriptor.path(of: DescriptionCompiler.objectNumber),
      String(timeLimit), String(options.memoryLimit),
    ]
    if options.requiresSandbox { arguments.append("--require-sandbox") }
    arguments += options.absentLayers.map { "--without=\($0)" }
    let child = Child(
      executable: runtime.evaluator, arguments: arguments,
      environment: [
        "LD_LIBRARY_PATH=\(toolchain.libraries):\(runtime.directory)",
        // The same description gives the same bytes, even where it iterates over a Set.
        "SWIFT_DETERMINISTIC_HASHING=1",
        // It would start a process, which is denied.
        "SWIFT_BACKTRACE=enable=no",
      ],
      inherited: [DescriptionCompiler.objectNumber: object],
      captures: [
        Child.Capture(number: 1, limit: Self.outputLimit),
        Child.Capture(number: 2, limit: Self.outputLimit),
        Child.Capture(number: Self.model, limit: options.modelLimit),
        Child.Capture(number: Self.report, limit: Self.outputLimit),
      ],
      // It ends itself in time, and says where it was; this is for one that doesn't.
      timeLimit: timeLimit + 1000)
    let result: Child.Result
    do { result = try child.run(watching: signals) } catch {
      throw ManifestError(.internalFailure, "error: starting \(runtime.evaluator): \(error)")
    }
    if case .interrupted(let signal) = result.ending {
      throw ManifestError.interrupted(by: signal)
    }
    return result
  }

  private static func warnings(_ layers: [String]) -> String {
    guard !layers.isEmpty else { return "" }
    return
      "warning: this kernel has no \(layers.joined(separator: " and no ")): the description was "
      + "evaluated with less protection\n"
  }
}
