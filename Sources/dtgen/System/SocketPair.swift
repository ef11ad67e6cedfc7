internal import CLinux
internal import Glibc

/// Two sockets that are connected: one for this process, and one for a program that it starts.
struct SocketPair {
  /// Reading from it never waits.
  let own: FileDescriptor
  let other: FileDescriptor

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard clinux_sockets(&ends) == 0 else { throw SystemError() }
    own = try FileDescriptor(taking: ends[0])
    other = try FileDescriptor(taking: ends[1])
    guard fcntl(own.number, F_SETFL, O_NONBLOCK) == 0 else { throw SystemError() }
  }
}

extension FileDescriptor {
  /// Sends all of `bytes` through a socket; nobody gets a signal where the other end is closed.
  ///
  /// - Throws: the errno, `EAGAIN` where the other end doesn't read.
  func send(_ bytes: [UInt8]) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      let result = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          number, buffer.baseAddress?.advanced(by: sent), buffer.count - sent,
          Int32(MSG_NOSIGNAL))
      }
      guard result > 0 || errno == EINTR else { throw SystemError() }
      sent += max(result, 0)
    }
  }
}
