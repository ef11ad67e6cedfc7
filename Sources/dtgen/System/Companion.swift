internal import CLinux
internal import Glibc

/// A program that stands in this process's place: it has its terminal, its process group, its variables and
/// its open files, and doesn't outlive it.
final class Companion {
  private let process: pid_t
  private var running: RunningProcess
  private let signals: TerminationSignals
  private let terminal = TerminalSettings()

  /// What happens to it, or to this process.
  enum Event {
    /// There is something to read.
    case readable
    case ended(Child.Ending)
    /// This process was told to end.
    case signal(TerminationSignals.Signal)
    case timedOut
  }

  /// Starts it, with open files besides those that whoever started this process left open.
  ///
  /// - Throws: the errno of what failed: `ENOENT` where there is no such program.
  init(
    _ words: [String], keeping files: [FileDescriptor], _ signals: TerminationSignals
  ) throws(SystemError) {
    self.signals = signals
    var strings = words.map { $0.withSystemPath { strdup($0) } } + [nil]
    defer { for string in strings { free(string) } }
    var mask = signals.previousMask
    process = clinux_start_beside(&strings, files.map(\.number) + [-1], &mask, SIGKILL)
    let failure = SystemError()
    // They have to be open until here; whoever made them may have no more use for them.
    withExtendedLifetime(files) {}
    running = RunningProcess(process)
    guard process > 0 else { throw failure }
  }

  /// Waits for what happens next.
  ///
  /// - Parameters:
  ///   - file: What may become readable; nil for nothing.
  ///   - deadline: Until when to wait, as ``Clock`` has it; nil for ever.
  /// - Returns: What has happened; its end before all else.
  func next(reading file: FileDescriptor? = nil, until deadline: Int? = nil) -> Event {
    while true {
      if let ending = running.ending() { return .ended(ending) }
      let left = deadline.map { $0 - Clock.milliseconds() }
      if let left, left <= 0 { return .timedOut }
      var polled = [
        pollfd(fd: file?.number ?? -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: running.descriptor?.number ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      // Where there is no descriptor for a process, its end is looked for every few milliseconds.
      let wait = running.descriptor == nil ? min(left ?? 5, 5) : left
      poll(&polled, nfds_t(polled.count), wait.map { Int32(clamping: $0) } ?? -1)
      if let signal = signals.taken() { return .signal(signal) }
      if polled[0].revents != 0 { return .readable }
    }
  }

  /// Waits for its end, and passes on the signals by which this process is told to end.
  func waitForEnd() -> Child.Ending {
    while true {
      switch next() {
      case .ended(let ending): return ending
      // What a key of the terminal sends it has got by itself.
      case .signal(let signal): if !signal.isFromKernel { kill(process, signal.number) }
      case .readable, .timedOut: break
      }
    }
  }

  /// Gives it a signal that this process got.
  func pass(on signal: Int32) { kill(process, signal) }

  /// Ends it: by SIGTERM, unless it `isEnding` already, and where that takes too long by SIGKILL.
  func stop(isEnding: Bool) {
    if !isEnding { kill(process, SIGTERM) }
    let deadline = Clock.milliseconds() + Self.patience
    while true {
      switch next(until: deadline) {
      case .ended: return
      case .timedOut:
        running.kill()
        terminal.restore()
        return
      // It is ending.
      case .signal, .readable: break
      }
    }
  }

  /// How long it may take to end, in milliseconds.
  private static let patience = 2000
}
