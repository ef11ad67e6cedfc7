import CLinux
import Foundation
import Glibc
import Synchronization

/// A child that doesn't outlive this process, whatever ends it.
///
/// It must be started and waited for on one thread, since it gets its signal when that thread ends.
final class TiedProcess: Sendable {
  /// The children that run, with the signal that ends each; nil once this process is about to end.
  private static let running = Mutex<[pid_t: Int32]?>([:])

  /// Its number.
  let identifier: pid_t
  private let status = Mutex<Int32?>(nil)

  /// Starts a program; `ending` is the signal that it gets when this process ends.
  ///
  /// - Throws: ``Failure`` where it can't be started.
  init(
    _ path: String, _ arguments: [String], output: FileHandle, errors: FileHandle,
    ending: Int32 = SIGKILL
  ) throws(Failure) {
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    guard let input = FileHandle(forReadingAtPath: "/dev/null") else {
      throw Failure("/dev/null can't be read")
    }
    let files = [
      input.fileDescriptor, output.fileDescriptor, errors.fileDescriptor,
    ]
    // Nothing is started any more once the children are being ended.
    let child = Self.running.withLock { running -> pid_t? in
      guard running != nil else { return nil }
      let child = clinux_start_tied(path, &words, environ, files, ending)
      if child > 0 { running?[child] = ending }
      return child
    }
    guard let child else { Self.waitForTheEnd() }
    guard child > 0 else {
      throw Failure("\(path) can't be started: \(String(cString: strerror(errno)))")
    }
    identifier = child
  }

  /// Whether it hasn't ended yet.
  var isRunning: Bool { wait(WNOHANG) == nil }

  /// Waits until it ends: its exit status, or the number of the signal that ended it as a negative one.
  @discardableResult
  func waitUntilExit() -> Int32 {
    while true {
      if let status = wait(0) { return status }
    }
  }

  /// Ends it at once.
  func kill() {
    if isRunning { Glibc.kill(identifier, SIGKILL) }
    waitUntilExit()
  }

  private func wait(_ options: Int32) -> Int32? {
    var isTaken = false
    let ended = status.withLock { status -> Int32? in
      if let status { return status }
      var word: Int32 = 0
      let result = waitpid(identifier, &word, options)
      isTaken = result < 0 && errno == ECHILD
      guard result == identifier else { return nil }
      // WIFEXITED and its like are macros, which are not imported; see wait(2).
      status = word & 0x7f == 0 ? (word >> 8) & 0xff : -(word & 0x7f)
      return status
    }
    // Whoever ends all of them was quicker.
    if isTaken { Self.waitForTheEnd() }
    guard ended != nil else { return nil }
    let isEnding = Self.running.withLock { running in
      running?[identifier] = nil
      return running == nil
    }
    // What became of it is nobody's doing but ours, and means nothing.
    if isEnding { Self.waitForTheEnd() }
    return ended
  }

  /// Ends all of them, waiting at most some seconds for those that have to tidy up; none is started after.
  static func endAll(patience: Double = 30) {
    let children = running.withLock { running in
      defer { running = nil }
      return running ?? [:]
    }
    for (child, signal) in children { Glibc.kill(child, signal) }
    let start = Clock.nanoseconds()
    for child in children.keys {
      // Whoever waits for it may be quicker, which is as good.
      while waitpid(child, nil, WNOHANG) == 0 || Glibc.kill(child, 0) == 0 {
        guard Double(Clock.nanoseconds() - start) / 1e9 < patience else { return }
        usleep(5000)
      }
    }
  }

  private static func waitForTheEnd() -> Never {
    while true { pause() }
  }
}
