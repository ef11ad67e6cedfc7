internal import CLinux
internal import Glibc

/// An open file, closed with the last reference to it.
///
/// Its number is 64 or more, out of the way of the numbers that a child process is given, and it is
/// closed on exec.
final class FileDescriptor {
  let number: Int32

  /// Takes over an open descriptor, or none where `opened` reports a failure.
  ///
  /// - Throws: the errno of the call that returned `opened`, or of the move.
  init(taking opened: Int32) throws(SystemError) {
    guard opened >= 0 else { throw SystemError() }
    number = fcntl(opened, F_DUPFD_CLOEXEC, 64)
    let failure = SystemError()
    close(opened)
    guard number >= 0 else { throw failure }
  }

  deinit { close(number) }

  /// Opens a file to read it.
  static func reading(_ path: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor(taking: open(path, O_RDONLY | O_CLOEXEC))
  }

  /// The path under which a process can open its descriptor of this number again.
  static func path(of number: Int32) -> String { "/proc/self/fd/\(number)" }

  /// A file without a name: it needs no directory and leaves nothing behind, whatever happens.
  static func unnamed(_ purpose: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor(taking: clinux_unnamed_file(purpose))
  }

  /// The two ends of a pipe; reading from it never waits.
  static func pipe() throws(SystemError) -> (reading: FileDescriptor, writing: FileDescriptor) {
    var ends: [Int32] = [-1, -1]
    guard clinux_pipe(&ends) == 0 else { throw SystemError() }
    let reading = try FileDescriptor(taking: ends[0])
    let writing = try FileDescriptor(taking: ends[1])
    guard fcntl(reading.number, F_SETFL, O_NONBLOCK) == 0 else { throw SystemError() }
    return (reading, writing)
  }

  /// What one call of `read` brought.
  enum Progress { case some, none, end }

  /// Appends what one call of `read` brings.
  func read(into bytes: inout [UInt8], atMost limit: Int = 1 << 16) throws(SystemError) -> Progress
  {
    var result = 0
    var code: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      repeat {
        result = Glibc.read(number, buffer.baseAddress, buffer.count)
      } while result < 0 && errno == EINTR
      code = errno
      count = max(result, 0)
    }
    if result == 0 { return .end }
    if result < 0 {
      if code == EAGAIN { return .none }
      throw SystemError(code: code)
    }
    bytes += chunk
    return .some
  }

  /// Everything from here to the end of the file.
  func readToEnd() throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    while try read(into: &bytes) == .some {}
    return bytes
  }

  /// Writes all of `bytes`.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let result = bytes.withUnsafeBytes { buffer in
        Glibc.write(number, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      guard result > 0 || errno == EINTR else { throw SystemError() }
      written += max(result, 0)
    }
  }
}
