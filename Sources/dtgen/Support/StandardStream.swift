import Diagnostics
import Glibc
import Synchronization

/// Standard output or standard error.
///
/// Descriptors, because `stdout` and `stderr` are unsafe globals; each write goes out at once.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// The error number of the last write to standard output that failed; 0 for none.
  private static let failure = Atomic<Int32>(0)

  /// Why the report is not complete; nil where it is.
  ///
  /// A report that nobody could read must not look like one without findings.
  static var loss: Failure? {
    let number = failure.load(ordering: .relaxed)
    return number == 0
      ? nil : Failure(.cannotWrite, "standard output: \(SystemError(code: number))")
  }

  /// The colours for whoever is likely to look at it.
  ///
  /// **Source:** no-color.org for `NO_COLOR`.
  func style(_ setting: ColourSetting = .auto) -> TextStyle {
    switch setting {
    case .always: return TextStyle(styled: true)
    case .never: return TextStyle(styled: false)
    case .auto:
      let isPlain = Self.isSet("NO_COLOR") || Self.value(of: "TERM") == "dumb"
      return TextStyle(styled: isTerminal && !isPlain)
    }
  }

  /// Whether a person is likely to look at it.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// How many characters fit into a line of the terminal; nil where it is none, or doesn't say.
  var columns: Int? {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all of `text`; a reader that went away is none of our business.
  func write(_ text: String) { write(Array(text.utf8)) }

  /// Writes `line` and a line break, with what a terminal would act on spelled out.
  func writeLine(_ line: String) { write(line.safeForTerminal + "\n") }

  /// Writes all of `bytes`.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes {
        Glibc.write(rawValue, $0.baseAddress, $0.count)
      }
      if count < 0 {
        if errno == EINTR { continue }
        // A VMM that shares the terminal may have set it so that nobody waits for it.
        if errno == EAGAIN {
          var state = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
          poll(&state, 1, -1)
          continue
        }
        if self == .output { Self.failure.store(errno, ordering: .relaxed) }
        return false
      }
      offset += count
    }
    return true
  }

  private static func value(of variable: String) -> String? {
    getenv(variable).map { String(cString: $0) }
  }

  private static func isSet(_ variable: String) -> Bool {
    value(of: variable).map { !$0.isEmpty } ?? false
  }
}
