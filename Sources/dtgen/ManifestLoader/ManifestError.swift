/// Why a description gave no model.
///
/// Two errors are equal when their ``code`` is equal, so that a test pins the cause and not the words.
struct ManifestError: Error, Equatable, CustomStringConvertible {
  /// The kind of failure; new kinds may be added.
  struct Code: RawRepresentable, Hashable, Sendable {
    /// The stable spelling, for machines.
    let rawValue: String

    /// The command line can't be meant: two files of one name, a file that isn't Swift.
    static let usage = Code(rawValue: "usage")
    /// A source is not there or can't be read.
    static let sourceMissing = Code(rawValue: "source-missing")
    /// The Swift compiler rejects the description.
    static let notCompiling = Code(rawValue: "not-compiling")
    /// No global `platform` of type `Platform`.
    static let noPlatform = Code(rawValue: "no-platform")
    /// It asked the system for something that a description has no right to.
    static let forbidden = Code(rawValue: "forbidden")
    /// It stopped before there was a model: a trap, a fault, `exit`.
    static let stopped = Code(rawValue: "stopped")
    /// It took too long.
    static let tooSlow = Code(rawValue: "too-slow")
    /// It wanted too much memory, wrote too large a model, or printed too much.
    static let tooLarge = Code(rawValue: "too-large")
    /// There is no Swift toolchain, or dtgen's own files are not there.
    static let unavailable = Code(rawValue: "unavailable")
    /// The kernel can't confine the description, and that was required.
    static let unprotected = Code(rawValue: "unprotected")
    /// The toolchain or the system failed in a way that the description didn't cause.
    static let internalFailure = Code(rawValue: "internal-failure")
    /// The user ended the command; the signal is raised again before this is thrown.
    static let interrupted = Code(rawValue: "interrupted")
  }

  /// The kind of failure.
  let code: Code
  /// Ready to print, one or more lines, without the last line's end.
  let text: String
  /// What the description printed before it failed.
  var standardOutput: [UInt8] = []
  /// The signal that ended the work, where one did.
  var signal: Int32?

  init(_ code: Code, _ text: String, standardOutput: [UInt8] = []) {
    self.code = code
    self.text = text
    self.standardOutput = standardOutput
  }

  /// The error of work that this signal ended.
  static func interrupted(by signal: Int32) -> ManifestError {
    var error = ManifestError(.interrupted, "error: ended by signal \(signal)")
    error.signal = signal
    return error
  }

  /// The status to exit with.
  ///
  /// **Source:** sysexits.h.
  var exitStatus: Int32 {
    switch code {
    case .usage: 64  // EX_USAGE
    case .sourceMissing: 66  // EX_NOINPUT
    case .unavailable, .unprotected: 69  // EX_UNAVAILABLE
    case .internalFailure, .interrupted: 70  // EX_SOFTWARE
    default: 65  // EX_DATAERR
    }
  }

  /// Equality of the cause alone.
  static func == (left: Self, right: Self) -> Bool { left.code == right.code }

  var description: String { text }
}
