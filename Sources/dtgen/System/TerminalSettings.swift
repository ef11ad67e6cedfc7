internal import Glibc

/// How the terminal on standard input was set, for whoever has to put right what a program that was killed
/// has left behind.
struct TerminalSettings {
  private var modes = termios()
  private var flags: Int32 = -1

  /// Those that hold now; none where standard input is no terminal.
  init() {
    guard isatty(0) == 1, tcgetattr(0, &modes) == 0 else { return }
    flags = fcntl(0, F_GETFL)
  }

  /// Sets them again.
  func restore() {
    guard flags >= 0 else { return }
    var modes = modes
    tcsetattr(0, TCSANOW, &modes)
    _ = fcntl(0, F_SETFL, flags)
  }
}
