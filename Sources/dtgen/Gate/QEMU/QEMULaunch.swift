/// A QEMU that was started for a gate: its guest is stopped, and it listens on a monitor that nobody else
/// has.
struct QEMULaunch {
  let vmm: Companion
  /// The monitor's other end.
  let monitor: FileDescriptor
  /// The other end of what reads and writes the memory of a machine that is stopped; nil where nobody asked.
  let memory: FileDescriptor?
  /// Where QEMU writes what it is asked for.
  let folder: TemporaryDirectory

  /// Starts it.
  ///
  /// - Throws: ``GateStop`` where there is no such program.
  init(
    _ command: [String], name: String, readingMemory: Bool = false, _ signals: TerminationSignals
  ) throws(GateStop) {
    do throws(SystemError) {
      folder = try TemporaryDirectory(Environment())
      let sockets = try SocketPair()
      monitor = sockets.own
      var configuration = Self.monitor(on: sockets.other)
      var kept = [sockets.other]
      if readingMemory {
        let sockets = try SocketPair()
        memory = sockets.own
        configuration += Self.memory(on: sockets.other)
        kept.append(sockets.other)
      } else {
        memory = nil
      }
      let file = folder.path + "/monitor"
      try FileDescriptor.making(file).write(Array(configuration.utf8))
      vmm = try Companion(command + ["-S", "-readconfig", file], keeping: kept, signals)
    } catch {
      throw .failure(Failure(.unavailable, "\(name): can't be started: \(error)"))
    }
  }

  /// A monitor, as a file of configuration has it.
  ///
  /// On the command line it would take the place of the monitor that QEMU has by itself, and with
  /// `-nographic` the keys that end QEMU.
  ///
  /// **Source:** QEMU 7.2 `softmmu/vl.c`, `default_monitor`, which `-mon` clears and `-readconfig` doesn't.
  private static func monitor(on socket: FileDescriptor) -> String {
    """
    [chardev "dtgen-monitor"]
      backend = "socket"
      fd = "\(socket.number)"
    [mon "dtgen-monitor"]
      chardev = "dtgen-monitor"
      mode = "control"

    """
  }

  /// The protocol of QEMU's own tests, whatever the accelerator is.
  ///
  /// **Source:** QEMU 7.2 `softmmu/qtest.c`, the object `qtest`.
  private static func memory(on socket: FileDescriptor) -> String {
    """
    [chardev "dtgen-memory"]
      backend = "socket"
      fd = "\(socket.number)"
    [object "dtgen-memory-reader"]
      qom-type = "qtest"
      chardev = "dtgen-memory"
      log = "/dev/null"

    """
  }
}
