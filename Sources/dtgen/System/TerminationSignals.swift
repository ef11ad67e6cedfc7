internal import CLinux
internal import Glibc

/// Holds back the signals that ask this process to end, so that it can tidy up first.
///
/// While this exists they are pending, and nothing else happens. The loader ends its child, lets go
/// of what it holds, and raises the signal again when it is delivered as usual. Signals that whoever
/// started this process had it ignore or block are left alone.
final class TerminationSignals {
  /// Readable when one of the signals is pending.
  let descriptor: FileDescriptor
  /// What was held back before.
  private(set) var previousMask: sigset_t

  /// Holds them back.
  ///
  /// - Throws: the errno of `signalfd`.
  init() throws(SystemError) {
    var mask = sigset_t()
    sigemptyset(&mask)
    previousMask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &previousMask)
    for signal in [SIGINT, SIGTERM, SIGHUP]
    where !Self.isIgnored(signal) && sigismember(&previousMask, signal) == 0 {
      sigaddset(&mask, signal)
    }
    descriptor = try FileDescriptor(taking: clinux_signal_descriptor(&mask))
    pthread_sigmask(SIG_BLOCK, &mask, nil)
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN is 1: a macro that casts it is not imported.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  deinit { pthread_sigmask(SIG_SETMASK, &previousMask, nil) }

  /// A signal, and where it is from.
  struct Signal: Equatable {
    var number: Int32
    /// Whether the kernel sent it, as it does for a key of the terminal: to all of the terminal's
    /// foreground at once.
    var isFromKernel: Bool
  }

  /// Takes the signal that is pending, if one is.
  func arrived() -> Int32? { taken()?.number }

  /// The same, with where it is from.
  func taken() -> Signal? {
    // A signalfd_siginfo is 128 bytes: the number of the signal, an error number, and from whom it is, in
    // four bytes each; see signalfd(2). SI_KERNEL is 0x80.
    var bytes: [UInt8] = []
    guard (try? descriptor.read(into: &bytes, atMost: 128)) == .some, bytes.count > 12 else {
      return nil
    }
    let isFromKernel = bytes[8] == 0x80 && bytes[9..<12].allSatisfy { $0 == 0 }
    return Signal(number: Int32(bytes[0]), isFromKernel: isFromKernel)
  }
}
