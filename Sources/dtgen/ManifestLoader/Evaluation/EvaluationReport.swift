internal import Glibc

/// What dtgen-eval reported; see its report.h.
struct EvaluationReport {
  /// The layers of protection that could not be had, each with the reason.
  var unprotected: [String] = []
  /// What happened last.
  var outcome: Outcome?
  /// Addresses in the object, as offsets from its base, innermost first.
  var frames: [UInt64] = []

  /// What happened.
  enum Outcome: Equatable {
    /// `emitModel` returned: 0, or an errno.
    case returned(Int32)
    /// A system call was denied: its kind, the file that it names, its number where it has no kind.
    case denied(kind: String, path: String?, call: Int?)
    /// A fault of the processor, or `abort`, by its signal.
    case fault(signal: Int32)
    case stackOverflow
    case timeout
    /// It called `exit`.
    case exited
    /// The protection that was required is not there.
    case refused
    /// The object could not be loaded, in the loader's words.
    case notLoaded(String)
  }

  init(_ bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let words = String(decoding: line, as: UTF8.self).split(separator: " ")
      guard let keyword = words.first else { continue }
      read(keyword, words.count > 1 ? words[1] : "")
    }
  }

  private mutating func read(_ keyword: Substring, _ value: Substring) {
    switch keyword {
    case "unprotected": unprotected.append(String(value))
    case "because":
      // ENOSYS is how a kernel says that it was built without.
      if let code = Int32(value), let layer = unprotected.popLast() {
        unprotected.append(code == ENOSYS ? layer : "\(layer) (\(SystemError(code: code)))")
      }
    case "returned": outcome = Int32(value).map { .returned($0) }
    case "denied": outcome = .denied(kind: String(value), path: nil, call: nil)
    case "path":
      if case .denied(let kind, _, let call) = outcome {
        outcome = .denied(kind: kind, path: Self.text(value), call: call)
      }
    case "call":
      if case .denied(let kind, let path, _) = outcome {
        outcome = .denied(kind: kind, path: path, call: Int(value))
      }
    case "fault":
      // A fault while a denied call is being described doesn't change what was denied.
      if outcome == nil { outcome = Int32(value).map { .fault(signal: $0) } }
    case "stack-overflow": outcome = .stackOverflow
    case "timeout": outcome = .timeout
    case "exited": outcome = .exited
    case "refused": outcome = .refused
    case "not-loaded": outcome = .notLoaded(Self.text(value))
    case "frame":
      if let offset = UInt64(value) { frames.append(offset) }
    default: break
    }
  }

  /// Text from hexadecimal digits.
  private static func text(_ digits: Substring) -> String {
    let values = digits.utf8.map { Character(UnicodeScalar($0)).hexDigitValue ?? 0 }
    let bytes = stride(from: 0, to: values.count - 1, by: 2).map {
      UInt8(values[$0] << 4 | values[$0 + 1])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
