/// A QEMU that was started for a gate: its guest is stopped, and it listens on a monitor that nobody else
/// has.
struct QEMULaunch {
  let vmm: Companion
  /// The monitor's other end.
  let monitor: FileDescriptor
  /// The other end of a socket that QEMU does nothing with, unless it is asked to read and write memory by it.
  let memory: FileDescriptor
  /// Where QEMU writes what it is asked for.
  let folder: TemporaryDirectory

  /// What QEMU calls the socket for memory.
  static let memorySocket = "dtgen-memory"

  /// Starts it.
  ///
  /// - Throws: ``GateStop`` where there is no such program.
  init(
    _ command: [String], name: String, _ signals: TerminationSignals
  ) throws(GateStop) {
    do throws(SystemError) {
      folder = try TemporaryDirectory(Environment())
      let (monitor, memory) = (try SocketPair(), try SocketPair())
      self.monitor = monitor.own
      self.memory = memory.own
      let configuration =
        Self.socket(Self.monitorSocket, monitor.other) + Self.monitor
        + Self.socket(Self.memorySocket, memory.other)
      let file = folder.path + "/monitor"
      try FileDescriptor.making(file).write(Array(configuration.utf8))
      vmm = try Companion(
        command + ["-S", "-readconfig", file], keeping: [monitor.other, memory.other], signals)
    } catch {
      throw .failure(Failure(.unavailable, "\(name): can't be started: \(error)"))
    }
  }

  private static let monitorSocket = "dtgen-monitor"

  /// One end of a pair, which QEMU inherits.
  private static func socket(_ name: String, _ socket: FileDescriptor) -> String {
    """
    [chardev "\(name)"]
      backend = "socket"
      fd = "\(socket.number)"

    """
  }

  /// A monitor, as a file of configuration has it.
  ///
  /// On the command line it would take the place of the monitor that QEMU has by itself, and with
  /// `-nographic` the keys that end QEMU.
  ///
  /// **Source:** QEMU 7.2 `softmmu/vl.c`, `default_monitor`, which `-mon` clears and `-readconfig` doesn't.
  private static let monitor = """
    [mon "\(monitorSocket)"]
      chardev = "\(monitorSocket)"
      mode = "control"

    """
}
