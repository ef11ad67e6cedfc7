import Foundation
import Glibc

/// What a boot needs of the process that it runs in, before anything is started.
enum Surroundings {
  /// How many files each guest keeps open at once, with what serves its disk and what makes its tree.
  private static let filesOfGuest = 24
  /// How many this process has open besides.
  private static let filesOfProcess = 64

  /// Makes room, and says what is missing.
  ///
  /// - Throws: ``Failure`` where standard output is closed, too few files may be open, or there is no
  ///   loopback.
  static func prepare(jobs: Int) throws(Failure) {
    // A file that is opened where one of the three was closed would get what is meant for that.
    let isOpen = (0...2).map { fcntl(Int32($0), F_GETFD) >= 0 }
    while true {
      let file = open("/dev/null", O_RDWR)
      if file > 2 || file < 0 {
        if file > 2 { close(file) }
        break
      }
    }
    guard isOpen[1] else { throw Failure("standard output is closed: the table goes there") }
    try makeRoom(Self.filesOfProcess + jobs * Self.filesOfGuest)
    try checkLoopback()
  }

  /// Raises what the shell has lowered.
  private static func makeRoom(_ count: Int) throws(Failure) {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    guard limit.rlim_cur < count else { return }
    limit.rlim_cur = min(limit.rlim_max, rlim_t(count))
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_cur < count else { return }
    throw Failure(
      "a boot opens \(count) files at once, and \(limit.rlim_cur) are allowed: ulimit -n")
  }

  /// Foundation wakes its threads by a socket of the loopback, and waits for ever where that is down.
  private static func checkLoopback() throws(Failure) {
    let file = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { return }
    defer { close(file) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = UInt16(9).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard status != 0 else { return }
    throw Failure(
      "127.0.0.1 can't be reached (\(String(cString: strerror(errno)))): ip link set lo up")
  }
}
