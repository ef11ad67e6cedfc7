internal import Glibc

/// How a run of a gate ends.
enum GateOutcome {
  /// The VMM ran to its end.
  case vmm(Child.Ending)
  /// This process was told to end before the guest ran.
  case interrupted(signal: Int32)
  /// The guest was not let through.
  case stopped(ExitStatus)

  /// Ends this process as the VMM ended, or with a status of the gate's own.
  func leave() -> Never {
    switch self {
    case .vmm(.exited(let status)): Self.end(status)
    case .vmm(.killed(let signal)), .interrupted(let signal): Self.end(bySignal: signal)
    // Of a VMM nobody asks for limits.
    case .vmm: Self.end(ExitStatus.internalError.rawValue)
    case .stopped(let status): Self.end(status.rawValue)
    }
  }

  private static func end(_ status: Int32) -> Never {
    // Threads that judging has left behind must not meet a process that is being taken down.
    if Parallel.hasAbandonedThreads { _exit(status) }
    exit(status)
  }

  /// A shell tells this from a status, and a supervisor too.
  private static func end(bySignal number: Int32) -> Never {
    // The memory that is worth a look was the VMM's.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    signal(number, SIG_DFL)
    raise(number)
    end(128 + number)
  }
}
