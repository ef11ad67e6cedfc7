import CLinux
import Glibc
import Synchronization

/// Work on all processors, for no longer than it may take.
///
/// Threads of the C library: Swift's own concurrency starts in nine milliseconds in a static
/// executable, which is longer than most runs take.
enum Parallel {
  /// What came of a piece of work.
  enum Result<Value: Sendable>: Sendable {
    case done(Value)
    /// It had begun when the time was over, and goes on until the process ends.
    case unfinished
    /// It had not begun when the time was over.
    case unreached
  }

  /// How many pieces of work a thread has to have before it pays to start another.
  private static let fewest = 16

  private static let abandoned = Atomic(false)

  /// Whether threads are still at work that nobody waits for any more.
  ///
  /// A process is then to end by `_exit`: they must not meet one that is being taken down.
  static var hasAbandonedThreads: Bool { abandoned.load(ordering: .relaxed) }

  /// What `work` makes of each number below `count`, in order, as far as it is done within so many
  /// seconds; 0 for any.
  static func map<Value: Sendable>(
    _ count: Int, within seconds: Int, _ work: @escaping @Sendable (Int) -> Value
  ) -> [Result<Value>] {
    let pool = Pool(count: count, work: work)
    let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let threads = min(processors, max(1, count / fewest))
    // Without a bell, a thread or a limit there is nothing to wait with, or for.
    if count > 0, let bell = try? FileDescriptor.pipe() {
      pool.bell = bell.writing
      // One thread is never in another's way, and needn't set up an arena of its own.
      if threads == 1 { clinux_share_memory_arena() }
      var started = 0
      while started < threads, start(pool) { started += 1 }
      if started > 0 {
        wait(for: bell.reading, milliseconds: seconds > 0 ? seconds * 1000 : nil)
        return pool.close()
      }
    }
    pool.run()
    return pool.close()
  }

  private static func start(_ pool: AnyPool) -> Bool {
    let argument = Unmanaged.passRetained(pool).toOpaque()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<AnyPool>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, argument)
    guard status == 0 else {
      Unmanaged<AnyPool>.fromOpaque(argument).release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// Waits until `bell` rings, or for so long.
  private static func wait(for bell: FileDescriptor, milliseconds: Int?) {
    let end = milliseconds.map { Clock.milliseconds() + $0 }
    while true {
      let left = end.map { Int32(clamping: max(0, $0 - Clock.milliseconds())) } ?? -1
      var request = pollfd(fd: bell.number, events: Int16(POLLIN), revents: 0)
      let result = poll(&request, 1, left)
      if result > 0 || result == 0 && left == 0 { return }
    }
  }

  /// Where threads take their work from: without a parameter, since a C function can't have one.
  private class AnyPool {
    func run() {}
  }

  private final class Pool<Value: Sendable>: AnyPool, @unchecked Sendable {
    /// What all threads change.
    private struct State {
      var results: [Result<Value>]
      var next = 0
      var done = 0
      var isClosed = false
    }

    private let work: @Sendable (Int) -> Value
    private let state: Mutex<State>
    /// Is written to when all is done; set before a thread is started.
    var bell: FileDescriptor?

    init(count: Int, work: @escaping @Sendable (Int) -> Value) {
      self.work = work
      state = Mutex(State(results: Array(repeating: .unreached, count: count)))
    }

    override func run() {
      while let index = take() { finish(index, work(index)) }
    }

    private func take() -> Int? {
      state.withLock { state in
        guard !state.isClosed, state.next < state.results.count else { return nil }
        state.results[state.next] = .unfinished
        state.next += 1
        return state.next - 1
      }
    }

    private func finish(_ index: Int, _ value: sending Value) {
      let isLast = state.withLock { state in
        guard !state.isClosed else { return false }
        state.results[index] = .done(value)
        state.done += 1
        return state.done == state.results.count
      }
      if isLast { try? bell?.write([0]) }
    }

    /// What there is so far; nothing is added to it.
    func close() -> [Result<Value>] {
      state.withLock { state in
        state.isClosed = true
        if state.done < state.next { abandoned.store(true, ordering: .relaxed) }
        return state.results
      }
    }
  }
}
