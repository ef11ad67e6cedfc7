import CLinux
import Foundation
import Glibc

/// What boots leave nothing of: their temporary files and their processes.
///
/// A signal that asks this process to end ends the guests first. What cannot be asked, SIGKILL, ends them
/// too, see ``TiedProcess``; the files are then removed by the next boot.
struct BootWorkshop {
  /// The folder for temporary files.
  let folder: String
  private let lock: Int32

  private static let prefix = "dtgen-boot-"
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Opens it, for this process alone, and watches for signals; `isTied` ends this process with the one
  /// that started it.
  ///
  /// - Throws: ``Failure`` where the temporary folder can't be written.
  init(isTied: Bool) throws {
    let signals = Self.block()
    if isTied { _ = clinux_tie_to_parent(SIGTERM) }
    let parent = NSTemporaryDirectory()
    Self.sweep(parent)
    folder =
      (parent.hasSuffix("/") ? parent : parent + "/") + Self.prefix
      // Short, since a socket's path has 107 bytes at most.
      + UUID().uuidString.prefix(8)
    // It gets its name when it is locked, so that no other boot takes it for one that was left behind.
    let new = folder + ".new"
    guard mkdir(new, 0o700) == 0, let lock = Self.lock(new), rename(new, folder) == 0 else {
      throw Failure("\(folder) can't be made: \(String(cString: strerror(errno)))")
    }
    self.lock = lock
    // All that this process and its children put away goes there.
    setenv("TMPDIR", folder, 1)
    let folder = folder
    Thread.detachNewThread { Self.watch(signals, folder) }
  }

  /// Waits until no other boot uses this folder for its logs.
  ///
  /// - Throws: ``Failure`` where it can't be written.
  func reserve(_ logs: String) throws(Failure) {
    try? FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
    let file = open(logs + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw Failure("\(logs) can't be written: \(String(cString: strerror(errno)))")
    }
    guard flock(file, LOCK_EX | LOCK_NB) != 0 else { return }
    Terminal.note("waiting for another boot, whose logs are in \(logs)")
    // Not in flock, which would keep a signal waiting.
    while flock(file, LOCK_EX | LOCK_NB) != 0 { usleep(200_000) }
  }

  /// Removes what is left.
  func close() {
    TiedProcess.endAll()
    try? FileManager.default.removeItem(atPath: folder)
    Glibc.close(lock)
  }

  /// Holds back the signals that ask for the end, but for those that are ignored, as with nohup.
  private static func block() -> [Int32] {
    let wanted = signals.filter { signal in
      var action = sigaction()
      // SIG_IGN is 1: a macro that casts it is not imported.
      return sigaction(signal, nil, &action) == 0
        && unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
    }
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in wanted { sigaddset(&mask, signal) }
    pthread_sigmask(SIG_BLOCK, &mask, nil)
    return wanted
  }

  private static func watch(_ signals: [Int32], _ folder: String) {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    var signal: Int32 = 0
    guard !signals.isEmpty, sigwait(&mask, &signal) == 0 else { return }
    Terminal.note("ending the guests")
    TiedProcess.endAll()
    try? FileManager.default.removeItem(atPath: folder)
    // As it would have been without us, so that whoever waits sees why.
    Glibc.signal(signal, SIG_DFL)
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    raise(signal)
    _exit(128 + signal)
  }

  /// Removes the folders of those that were ended before they could.
  private static func sweep(_ parent: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    for name in names where name.hasPrefix(prefix) && !name.hasSuffix(".new") {
      let folder = "\(parent)/\(name)"
      guard let lock = lock(folder) else { continue }
      try? FileManager.default.removeItem(atPath: folder)
      Glibc.close(lock)
    }
  }

  /// A lock on a folder, which ends with this process; nil where another has it.
  private static func lock(_ folder: String) -> Int32? {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return file }
    Glibc.close(file)
    return nil
  }
}
