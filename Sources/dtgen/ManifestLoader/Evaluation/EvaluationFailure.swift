internal import Glibc

/// Says what a description did instead of giving a model.
struct EvaluationFailure {
  let report: EvaluationReport
  let ending: Child.Ending
  let options: ManifestLoader.Options
  /// What it wrote to its error output.
  let errors: String
  /// The file to name where the place is not known.
  let principal: String

  /// What to tell the user.
  ///
  /// - Parameter locate: finds the place of frames; asked only where there was a failure.
  /// - Returns: the code and the text of the error; nil where there is a model.
  func description(
    _ locate: ([UInt64]) -> Symbolizer.Place?
  ) -> (code: ManifestError.Code, text: String)? {
    if ending == .exited(0), report.outcome == .returned(0) { return nil }
    // Where the stack ends is chance; what its last frame was called from is not.
    let frames = report.outcome == .stackOverflow ? Array(report.frames.dropFirst()) : report.frames
    let place = locate(frames)
    let (code, sentence) = verdict(place?.failure)
    switch code {
    case .internalFailure, .unprotected: return (code, "error: \(sentence)")
    default: return (code, "\(place?.location ?? principal): error: \(sentence)")
    }
  }

  private func verdict(_ failure: String?) -> (ManifestError.Code, String) {
    switch ending {
    case .timedOut, .interrupted: return tooSlow
    case .wroteTooMuch(let number): return wroteTooMuch(number)
    case .exited, .killed: break
    }
    switch report.outcome {
    case .denied(let kind, let path, let call):
      return (.forbidden, DeniedCall(kind: kind, path: path, call: call).sentence)
    case .fault(let signal): return fault(signal, failure)
    case .stackOverflow:
      return (.stopped, "the description calls itself without end: its stack overflowed")
    case .timeout: return tooSlow
    case .refused:
      let layers = report.unprotected.joined(separator: " and no ")
      return (.unprotected, "this kernel has no \(layers), and evaluating without it was ruled out")
    case .notLoaded(let words):
      return (.internalFailure, "the compiled description can't be loaded: \(words)")
    case .returned(let code) where code != 0:
      return (.internalFailure, "writing the model: \(SystemError(code: code))")
    case .returned, .exited, nil: return ended
    }
  }

  private var tooSlow: (ManifestError.Code, String) {
    (
      .tooSlow,
      "the description did not finish within \(Self.seconds(options.timeLimit)): a loop without end?"
    )
  }

  private func wroteTooMuch(_ number: Int32) -> (ManifestError.Code, String) {
    switch number {
    case 1, 2: (.tooLarge, "the description printed more than 1 MiB")
    default:
      (.tooLarge, "the model is larger than \(Self.mebibytes(options.modelLimit))")
    }
  }

  /// A trap says what it was in its text, in the debug information, or not at all.
  private func fault(_ signal: Int32, _ failure: String?) -> (ManifestError.Code, String) {
    let words = Self.runtimeMessage(in: errors) ?? failure
    if Self.isAllocationFailure(words ?? "") {
      return (
        .tooLarge, "the description used more than \(Self.mebibytes(options.memoryLimit)) of memory"
      )
    }
    if let words { return (.stopped, "the description stopped: \(words)") }
    return (.stopped, "the description stopped: \(Self.name(of: signal))")
  }

  private var ended: (ManifestError.Code, String) {
    switch ending {
    case .killed(let signal):
      (.stopped, "the description was ended by signal \(signal) (\(Self.name(of: signal)))")
    default:
      (.stopped, "the description ended the program before there was a platform")
    }
  }

  /// The runtime's words for a trap, without its own place: `Swift/Array.swift:5: Fatal error: …`.
  static func runtimeMessage(in errors: String) -> String? {
    for line in errors.split(separator: "\n").reversed() {
      guard let found = line.firstRange(of: "Fatal error") else { continue }
      return String(line[found.lowerBound...])
    }
    return nil
  }

  private static func isAllocationFailure(_ words: String) -> Bool {
    words.contains("allocat") || words.contains("out of memory")
  }

  private static func seconds(_ milliseconds: Int) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }

  private static func mebibytes(_ bytes: Int) -> String {
    bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
  }

  private static func name(of signal: Int32) -> String {
    guard let words = strsignal(signal) else { return "signal \(signal)" }
    return String(cString: words).lowercased()
  }
}
