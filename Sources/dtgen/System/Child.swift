internal import CLinux
internal import Glibc

/// A child process that is run to its end.
struct Child {
  /// The program, by its path.
  var executable: String
  /// Its arguments, without its own name.
  var arguments: [String]
  /// Its whole environment, as `NAME=value`: nothing is inherited.
  var environment: [String]
  /// The open files that it inherits, each under the number that it has there.
  ///
  /// Its standard input is empty. Whatever is neither here nor captured is closed.
  var inherited: [Int32: FileDescriptor] = [:]
  /// The descriptors whose output is kept.
  var captures = [Capture.errors]
  /// How long it may take, in milliseconds.
  var timeLimit: Int

  /// A descriptor whose output is kept.
  struct Capture {
    /// Its number in the child.
    var number: Int32
    /// The most bytes it may write there.
    var limit: Int

    /// The standard error output of a tool.
    static let errors = Capture(number: 2, limit: 4 << 20)
  }

  /// How a child ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut
    /// It wrote more than it may to the descriptor of this number.
    case wroteTooMuch(number: Int32)
    /// This process was told to end.
    case interrupted(signal: Int32)
  }

  /// What a child left behind.
  struct Result {
    var ending: Ending
    /// One for each of ``Child/captures``, in their order.
    var captured: [[UInt8]]
  }

  /// Runs it, and ends it and its own children where it goes beyond its limits.
  ///
  /// - Throws: the errno of what could not be set up.
  func run(watching signals: TerminationSignals) throws(SystemError) -> Result {
    let (process, pipes) = try spawn()
    var running = RunningProcess(process)
    defer { running.kill() }
    var result = Result(ending: .timedOut, captured: pipes.map { _ in [] })
    var open = pipes.map { _ in true }
    let deadline = Clock.milliseconds() + timeLimit
    while true {
      let left = deadline - Clock.milliseconds()
      guard left > 0 else { return result }
      var polled = zip(pipes, open).map { pipe, open in
        pollfd(fd: open ? pipe.number : -1, events: Int16(POLLIN), revents: 0)
      }
      polled.append(pollfd(fd: signals.descriptor.number, events: Int16(POLLIN), revents: 0))
      polled.append(pollfd(fd: running.descriptor?.number ?? -1, events: Int16(POLLIN), revents: 0))
      // Where there is no descriptor for a process, its end is looked for every few milliseconds.
      let wait = running.descriptor == nil ? min(left, 5) : left
      poll(&polled, nfds_t(polled.count), Int32(clamping: wait))
      if let signal = signals.arrived() {
        result.ending = .interrupted(signal: signal)
        return result
      }
      // Asked before the pipes are emptied, so that nothing written before the end is missed.
      let ending = running.ending()
      for index in pipes.indices where open[index] {
        var progress = FileDescriptor.Progress.some
        while progress == .some {
          progress = try pipes[index].read(into: &result.captured[index])
          if result.captured[index].count > captures[index].limit {
            result.ending = .wroteTooMuch(number: captures[index].number)
            return result
          }
        }
        open[index] = progress != .end
      }
      if let ending {
        result.ending = ending
        return result
      }
    }
  }
}
