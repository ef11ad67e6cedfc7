import VMMInterface

/// Starts QEMU with its guest stopped, judges what the guest would see, and lets it run or ends it.
struct QEMUGate {
  /// The caller's command line.
  var command: [String]
  /// How the guest is judged.
  var request: LintRequest
  /// How long QEMU may take until its guest is judged, in seconds.
  var patience: Int
  /// Whether a guest is let through of whose kernel nothing is known.
  var takesUnknownKernel: Bool
  /// Whether the guest goes by the tree, though its firmware may give it tables instead.
  var trustsFirmware: Bool
  /// Where the tree is kept; nil for nowhere.
  var treeFile: String?

  /// What messages call the VMM, and reports its tree.
  var name: String { Path.name(of: command[0]).reportedPath }

  /// Starts QEMU, judges its guest, and stays until it ends.
  ///
  /// - Throws: ``Failure`` for what keeps the guest from being judged; it doesn't run then.
  func run() throws(Failure) -> GateOutcome {
    let isToStayStopped = try startOptions().isStopped
    let signals = try explaining { () throws(SystemError) in try TerminationSignals() }
    let vmm: Companion
    do throws(GateStop) {
      let launch = try QEMULaunch(command, name: name, signals)
      vmm = launch.vmm
      let status: ExitStatus
      do throws(GateStop) {
        let socket = VMMSocket(
          launch.monitor, vmm, name: name,
          VMMPatience(seconds: patience, consequence: "the guest was not started"))
        let monitor = QEMUMonitor(connection: try QMPConnection(socket))
        status = try judge(monitor, in: launch.folder)
        if status == .clean, !isToStayStopped { try monitor.go() }
        if status != .clean { try? monitor.quit() }
      } catch {
        vmm.stop(isEnding: false)
        throw error
      }
      if status != .clean {
        vmm.stop(isEnding: true)
        return .stopped(refusal(status))
      }
    } catch {
      switch error {
      case .failure(let failure): throw failure
      case .ended(let ending): return try outcome(ofEarly: ending)
      case .interrupted(let signal): return .interrupted(signal: signal)
      }
    }
    if isToStayStopped, request.isVerbose {
      StandardStream.error.writeLine("dtgen: \(name): the guest may start, and stays stopped by -S")
    }
    return .vmm(vmm.waitForEnd())
  }

  private func startOptions() throws(Failure) -> QEMUStartOptions {
    let options = QEMUStartOptions(Array(command.dropFirst()))
    if let obstacle = options.obstacle { throw Failure(.usage, obstacle) }
    return options
  }

  private func explaining<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(Failure) -> Value {
    do { return try body() } catch { throw Failure(.internalError, "\(name): \(error)") }
  }

  /// Says that the guest doesn't run, and with which status.
  private func refusal(_ status: ExitStatus) -> ExitStatus {
    let isFound = status == .findings
    StandardStream.error.writeLine(
      "dtgen: error: \(name): the guest was not started"
        + (isFound ? ", because of what was found" : ""))
    return isFound ? .refused : status
  }

  /// A VMM that ended before there was anything to judge has said why, and nobody must take it for one
  /// that ran.
  private func outcome(ofEarly ending: Child.Ending) throws(Failure) -> GateOutcome {
    guard ending == .exited(0) else { return .vmm(ending) }
    throw Failure(.protocolError, "\(name): ended before its guest was judged")
  }
}
