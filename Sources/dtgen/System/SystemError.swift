internal import Glibc

/// Why a call of the system failed.
struct SystemError: Error, Equatable, CustomStringConvertible {
  /// The errno.
  let code: Int32

  /// The failure of the call just made.
  init() { code = errno }

  /// The failure with this errno.
  init(code: Int32) { self.code = code }

  /// The system's words for it, in the case that our messages have: `no such file or directory`.
  var description: String {
    guard let words = strerror(code) else { return "error \(code)" }
    return String(cString: words).lowercased()
  }
}
