internal import CLinux
internal import Glibc

/// An open file, closed with the last reference to it.
///
/// Its number is 64 or more, out of the way of the numbers that a child process is given, or 16 or more
/// where no larger ones are allowed; it is closed on exec.
final class FileDescriptor {
  let number: Int32

  /// Takes over an open descriptor, or none where `opened` reports a failure.
  ///
  /// - Throws: the errno of the call that returned `opened`, or of the move.
  init(taking opened: Int32) throws(SystemError) {
    guard opened >= 0 else { throw SystemError() }
    number = Self.copy(of: opened)
    let failure = SystemError()
    close(opened)
    guard number >= 0 else { throw failure }
  }

  /// Another descriptor of what is open as `number`, which stays open.
  ///
  /// - Throws: the errno of the copy.
  init(copying number: Int32) throws(SystemError) {
    self.number = Self.copy(of: number)
    guard self.number >= 0 else { throw SystemError() }
  }

  /// Closes it, and says whether all that was written is there: a network file system tells only now
  /// that there was no room.
  func finish() throws(SystemError) {
    let copy = Self.copy(of: number)
    guard copy >= 0, close(copy) == 0 else { throw SystemError() }
  }

  deinit { close(number) }

  private static func copy(of number: Int32) -> Int32 {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 64)
    return copy < 0 && errno == EINVAL ? fcntl(number, F_DUPFD_CLOEXEC, 16) : copy
  }

  /// Opens a file to read it.
  static func reading(_ path: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor(taking: path.withSystemPath { open($0, O_RDONLY | O_CLOEXEC) })
  }

  /// Makes a file to write it, where there is nothing yet.
  static func making(_ path: String) throws(SystemError) -> FileDescriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
    return try FileDescriptor(taking: path.withSystemPath { open($0, flags, 0o666) })
  }

  /// Opens what is there to write to it.
  static func writing(_ path: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor(taking: path.withSystemPath { open($0, O_WRONLY | O_CLOEXEC) })
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
    // Appending to nothing would copy.
    if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
    return .some
  }

  /// Reads over what is in `buffer`, and says how many bytes there are now: less than it has room for only
  /// at the end.
  func fill(_ buffer: inout [UInt8]) throws(SystemError) -> Int {
    var filled = 0
    while filled < buffer.count {
      var code: Int32 = 0
      let result = buffer.withUnsafeMutableBytes { buffer in
        let result = Glibc.read(
          number, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
        code = errno
        return result
      }
      if result == 0 { break }
      guard result > 0 || code == EINTR else { throw SystemError(code: code) }
      filled += max(result, 0)
    }
    return filled
  }

  /// Everything from here to the end of the file, or a little more than `limit` bytes of it.
  ///
  /// Less where `sizeNeeded` says so of what has been read by then: it is asked of the beginning, and
  /// again whenever there is as much as it asked for.
  func readToEnd(
    limit: Int = .max - 1, sizeNeeded: ([UInt8]) -> Int = { _ in .max }
  ) throws(SystemError) -> [UInt8] {
    let status = try FileStatus(of: self)
    let size = status.isRegularFile ? Int(clamping: status.size) : 0
    // One byte more than a small file has, so that its end shows with the first short read. How much
    // of a large one or a device is needed shows in its beginning.
    let isSmall = status.isRegularFile && size <= 1 << 16
    var bytes: [UInt8] = []
    if try read(into: &bytes, atMost: isSmall ? size + 1 : 1 << 16) == .end { return bytes }
    if isSmall, size > 0, bytes.count == size { return bytes }
    var needed = sizeNeeded(bytes)
    while needed > bytes.count, bytes.count <= limit {
      let rest = max(size - bytes.count + 1, 1 << 16)
      let room = min(rest, limit - bytes.count + 1, needed - bytes.count)
      guard try read(into: &bytes, atMost: room) == .some else { break }
      if bytes.count >= needed { needed = sizeNeeded(bytes) }
    }
    return bytes
  }

  /// Reads on without keeping anything, up to `count` bytes; returns how many there were.
  func skip(atMost count: Int) throws(SystemError) -> Int {
    var skipped = 0
    while skipped < count {
      var chunk: [UInt8] = []
      guard try read(into: &chunk, atMost: min(count - skipped, 1 << 16)) == .some else { break }
      skipped += chunk.count
    }
    return skipped
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
