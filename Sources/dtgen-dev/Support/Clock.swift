import Glibc

/// Time that only goes forward, for measurements.
enum Clock {
  /// The time since some fixed moment, in nanoseconds.
  static func nanoseconds() -> Int { now(CLOCK_MONOTONIC) }

  /// What this process has spent on a processor, in nanoseconds.
  static func processorNanoseconds() -> Int { now(CLOCK_PROCESS_CPUTIME_ID) }

  /// A span of time in nanoseconds.
  static func nanoseconds(_ time: timeval) -> Int {
    Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_usec) * 1000
  }

  private static func now(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }
}
