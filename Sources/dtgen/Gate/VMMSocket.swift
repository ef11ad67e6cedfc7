import Diagnostics
internal import Glibc

/// A connection to a VMM that was just started, on which both sides speak in lines.
///
/// It may be no VMM, or one that hangs: nothing is waited for beyond the deadline, and of nothing more is kept
/// than an answer takes.
final class VMMSocket {
  private let socket: FileDescriptor
  private let vmm: Companion
  /// What messages call the VMM.
  let name: String
  private let patience: VMMPatience
  private var pending: [UInt8] = []
  private static let mostBytes = 64 << 20

  /// A connection; `name` is what messages call the VMM.
  init(_ socket: FileDescriptor, _ vmm: Companion, name: String, _ patience: VMMPatience) {
    self.socket = socket
    self.vmm = vmm
    self.name = name
    self.patience = patience
  }

  /// A failure of the VMM's.
  func failure(_ what: String) -> GateStop {
    .failure(Failure(.protocolError, "\(name): \(what); \(patience.consequence)"))
  }

  /// Sends a line.
  ///
  /// - Throws: ``GateStop`` where the VMM doesn't take it.
  func send(_ line: [UInt8]) throws(GateStop) {
    do throws(SystemError) {
      try socket.send(line + [UInt8(ascii: "\n")])
    } catch {
      try throwEnd(within: 100)
      let isClosed = error.code == EPIPE || error.code == ECONNRESET
      throw failure(isClosed ? "has closed its monitor" : "doesn't listen: \(error)")
    }
  }

  /// Waits for a line.
  ///
  /// - Throws: ``GateStop`` where none comes.
  func line() throws(GateStop) -> [UInt8] {
    var searched = 0
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pending[..<end])
        pending.removeSubrange(...end)
        return line
      }
      searched = pending.count
      guard pending.count < Self.mostBytes else {
        throw failure("says \(Self.mostBytes >> 20) MiB in one line, which is no answer")
      }
      switch vmm.next(reading: socket, until: patience.deadline) {
      case .ended(let ending): throw .ended(ending)
      case .signal(let signal): throw .interrupted(signal: signal.number)
      case .timedOut:
        throw failure("says nothing for \(patience.seconds) s, which --timeout allows it")
      case .readable:
        // One that ends with something unread in its monitor resets the connection.
        let progress = try? socket.read(into: &pending)
        if progress == .end || progress == nil {
          try throwEnd(within: 1000)
          throw failure("has closed its monitor")
        }
      }
    }
  }

  /// One that has ended says more by how it did.
  private func throwEnd(within milliseconds: Int) throws(GateStop) {
    if case .ended(let ending) = vmm.next(until: Clock.milliseconds() + milliseconds) {
      throw .ended(ending)
    }
  }
}

/// How long a VMM may take for all that it is asked.
struct VMMPatience {
  /// The whole time, in seconds.
  var seconds: Int
  /// What comes of it when it takes longer, or fails otherwise: `the guest was not started`.
  var consequence: String
  /// When the time is over, as ``Clock`` has it.
  let deadline: Int

  /// So many seconds from now on.
  init(seconds: Int, consequence: String) {
    self.seconds = seconds
    self.consequence = consequence
    deadline = Clock.milliseconds() + seconds * 1000
  }
}
