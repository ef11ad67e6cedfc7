internal import CLinux
internal import Glibc

/// A child process and the way to hear of its end.
struct RunningProcess {
  private let process: pid_t
  private var ended = false
  /// Readable when the process has ended; nil before Linux 5.3, and where it is forbidden.
  let descriptor: FileDescriptor?

  init(_ process: pid_t) {
    self.process = process
    descriptor = try? FileDescriptor(taking: clinux_pidfd_open(process))
  }

  /// How the process ended; nil while it runs.
  mutating func ending() -> Child.Ending? {
    wait(WNOHANG)
  }

  /// Ends the process, and those that it started, unless it has ended.
  mutating func kill() {
    guard !ended else { return }
    Glibc.kill(-process, SIGKILL)
    Glibc.kill(process, SIGKILL)
    _ = wait(0)
  }

  private mutating func wait(_ options: Int32) -> Child.Ending? {
    var status: Int32 = 0
    var result: pid_t
    repeat { result = waitpid(process, &status, options) } while result < 0 && errno == EINTR
    guard result != 0 else { return nil }
    ended = true
    // Where the caller has us ignore SIGCHLD, the status is lost: it can't be a success then.
    guard result == process else { return .exited(-1) }
    // WIFEXITED and its like are macros, which are not imported; see wait(2).
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal: signal)
  }
}
