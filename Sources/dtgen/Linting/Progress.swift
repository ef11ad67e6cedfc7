import Glibc
import Synchronization

/// How far a run is, on a terminal, once it has taken a second.
final class Progress: Sendable {
  private let count: Int
  private let isShown: Bool
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  private struct State {
    var done = 0
    var drawn: ContinuousClock.Instant?
    var isFinished = false
  }

  init(count: Int) {
    self.count = count
    isShown = count > 1 && isatty(StandardStream.error.rawValue) == 1
  }

  /// One more is done.
  func advance() {
    guard isShown else { return }
    state.withLock { state in
      // A tree for which nobody waits any more may still be finished.
      if state.isFinished { return }
      state.done += 1
      let now = ContinuousClock.now
      guard now - started > .seconds(1), now - (state.drawn ?? started) > .milliseconds(100) else {
        return
      }
      state.drawn = now
      StandardStream.error.write("\r\(state.done) of \(count) trees\u{1b}[K")
    }
  }

  /// Takes away what was drawn.
  func finish() {
    guard isShown else { return }
    state.withLock { state in
      state.isFinished = true
      if state.drawn != nil { StandardStream.error.write("\r\u{1b}[K") }
    }
  }
}
