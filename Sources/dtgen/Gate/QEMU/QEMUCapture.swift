import VMMInterface

/// Takes from a command line of QEMU what its guest would see; nothing of the guest runs.
struct QEMUCapture {
  /// The caller's command line.
  var command: [String]
  /// How long QEMU may take, in seconds.
  var patience: Int

  private var name: String { Path.name(of: command[0]).reportedPath }

  /// How a capture ends.
  enum Outcome {
    case captured(CapturedMachine)
    case interrupted(signal: Int32)
  }

  /// Starts QEMU, asks it, and ends it.
  ///
  /// - Throws: ``Failure`` where it can't be asked.
  func run() throws(Failure) -> Outcome {
    if let obstacle = QEMUStartOptions(Array(command.dropFirst())).obstacle {
      throw Failure(.usage, obstacle)
    }
    let signals: TerminationSignals
    do throws(SystemError) { signals = try TerminationSignals() } catch {
      throw Failure(.internalError, "\(name): \(error)")
    }
    do throws(GateStop) {
      let launch = try QEMULaunch(command, name: name, signals)
      do throws(GateStop) {
        let captured = try capture(launch)
        launch.vmm.stop(isEnding: true)
        return .captured(captured)
      } catch {
        launch.vmm.stop(isEnding: false)
        throw error
      }
    } catch {
      switch error {
      case .failure(let failure): throw failure
      case .interrupted(let signal): return .interrupted(signal: signal)
      case .ended:
        throw Failure(.protocolError, "\(name): ended before it could be asked for its machine")
      }
    }
  }

  private func capture(_ launch: QEMULaunch) throws(GateStop) -> CapturedMachine {
    let patience = VMMPatience(seconds: patience, consequence: "nothing was written")
    let socket = VMMSocket(launch.monitor, launch.vmm, name: name, patience)
    let monitor = QEMUMonitor(connection: try QMPConnection(socket))
    try monitor.requireUnstarted()
    let board = try monitor.board()
    var machine = QEMUMachine(devices: try monitor.devices(), board: board.known)
    let file = launch.folder.path + "/tree"
    var tree: [UInt8]?
    if try monitor.writeTree(to: file) {
      do throws(Failure) { tree = try InputFile.read(file) } catch { throw .failure(error) }
    }
    let tables = try QEMUTableReader(
      monitor: monitor, launch: launch, patience: patience, name: name,
      configurationSpace: GivenTree.configurationSpace(
        of: tree.map { GivenTree(name: name, bytes: $0, fileSize: $0.count) })
    ).read(of: board, &machine)
    try? monitor.quit()
    guard tree != nil || !tables.isEmpty else {
      throw socket.failure("has neither a device tree nor tables for its guest")
    }
    return CapturedMachine(tree: tree, tables: tables, machine: machine)
  }
}
