import Glibc
import Synchronization

/// Work on all processors.
///
/// Threads of the C library: Swift's own concurrency starts in nine milliseconds in a static
/// executable, which is longer than most runs take.
enum Parallel {
  /// How many pieces of work a thread has to have before it pays to start it.
  private static let fewest = 16

  /// What `work` makes of each number below `count`, in order.
  static func map<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) -> Value
  ) -> [Value] {
    let threads = min(max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), count / fewest)
    guard threads > 1 else { return (0..<count).map(work) }
    let pool = Pool(count: count, work: work)
    var started: [pthread_t] = []
    for _ in 1..<threads {
      var thread = pthread_t()
      let argument = Unmanaged.passRetained(pool as AnyPool).toOpaque()
      let status = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          Unmanaged<AnyPool>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, argument)
      guard status == 0 else {
        // With fewer threads it only takes longer.
        Unmanaged<AnyPool>.fromOpaque(argument).release()
        break
      }
      started.append(thread)
    }
    pool.run()
    for thread in started { pthread_join(thread, nil) }
    return pool.results
  }

  /// Where threads take their work from: without a parameter, since a C function can't have one.
  private class AnyPool {
    func run() {}
  }

  private final class Pool<Value: Sendable>: AnyPool, @unchecked Sendable {
    private let work: @Sendable (Int) -> Value
    private let count: Int
    private let next = Atomic(0)
    private let done: Mutex<[(Int, Value)]>

    init(count: Int, work: @escaping @Sendable (Int) -> Value) {
      self.count = count
      self.work = work
      done = Mutex([])
    }

    override func run() {
      var own: [(Int, Value)] = []
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        own.append((index, work(index)))
      }
      done.withLock { $0 += own }
    }

    /// What came of each piece, once all threads are done.
    var results: [Value] {
      done.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
    }
  }
}
