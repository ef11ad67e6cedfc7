import Glibc
import Synchronization

/// Ends the process when no tree is finished for too long.
///
/// The checker takes time n log n of a tree's size, whatever is in it. Should a tree be found for
/// which that isn't so, a build server isn't to wait for it.
enum TimeLimit {
  private static let seconds = Atomic<Int>(0)

  /// Starts to wait; 0 for ever.
  static func start(_ seconds: Int) {
    guard seconds > 0 else { return }
    Self.seconds.store(seconds, ordering: .relaxed)
    signal(SIGALRM) { _ in
      // Only what is safe in a handler: no memory is asked for, nothing is unwound.
      let text: StaticString = """
        dtgen: error: a tree took longer than --max-time allows; nothing is reported, find it by \
        judging the files one by one

        """
      _ = write(2, text.utf8Start, text.utf8CodeUnitCount)
      _exit(ExitStatus.badInput.rawValue)
    }
    restart()
  }

  /// Waits anew: a tree is finished.
  static func restart() {
    let seconds = seconds.load(ordering: .relaxed)
    if seconds > 0 { alarm(UInt32(clamping: seconds)) }
  }

  /// Waits no longer.
  static func stop() {
    if seconds.exchange(0, ordering: .relaxed) > 0 { alarm(0) }
  }
}
