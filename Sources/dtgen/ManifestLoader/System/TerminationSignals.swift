internal import CLinux
internal import Glibc

/// Holds back the signals that ask this process to end, so that it can tidy up first.
///
/// While this exists they are pending, and nothing else happens. The loader ends its child, lets go
/// of what it holds, and raises the signal again when it is delivered as usual.
final class TerminationSignals {
  /// Readable when one of the signals is pending.
  let descriptor: FileDescriptor
  private var previousMask: sigset_t

  /// Holds them back.
  ///
  /// - Throws: the errno of `signalfd`.
  init() throws(SystemError) {
    var mask = sigset_t()
    sigemptyset(&mask)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&mask, signal) }
    descriptor = try FileDescriptor(taking: clinux_signal_descriptor(&mask))
    previousMask = sigset_t()
    pthread_sigmask(SIG_BLOCK, &mask, &previousMask)
  }

  deinit { pthread_sigmask(SIG_SETMASK, &previousMask, nil) }

  /// Takes the signal that is pending, if one is.
  func arrived() -> Int32? {
    // A signalfd_siginfo is 128 bytes and starts with the number of the signal; see signalfd(2).
    var bytes: [UInt8] = []
    guard (try? descriptor.read(into: &bytes, atMost: 128)) == .some, let number = bytes.first
    else {
      return nil
    }
    return Int32(number)
  }
}
