import DeviceTree
import GuestView
import VMMInterface

/// Starts a VMM with its guest stopped, judges what the guest would see, and lets it run or ends the VMM.
struct GuestGate {
  /// What messages call the VMM, and reports its tree.
  var name: String
  /// How the guest is judged.
  var request: LintRequest
  /// Whether a guest is let through of whose kernel nothing is known.
  var takesUnknownKernel: Bool
  /// Whether a guest that is let through stays stopped, as the VMM's own options ask for it.
  var staysStopped: Bool
  /// Where the tree is kept; nil for nowhere.
  var treeFile: String?
  /// Whether the VMM stands in for one that another program starts, and ends in any case.
  var isStandIn = false

  /// Has `start` start the VMM, judges its guest, and stays until it ends.
  ///
  /// - Throws: ``Failure`` for what keeps the guest from being judged; it doesn't run then.
  func run(
    _ start: (TerminationSignals) throws(GateStop) -> any GatedVMM
  ) throws(Failure) -> GateOutcome {
    let signals: TerminationSignals
    do throws(SystemError) { signals = try TerminationSignals() } catch {
      throw Failure(.internalError, "\(name): \(error)")
    }
    let process: Companion
    do throws(GateStop) {
      let vmm = try start(signals)
      process = vmm.process
      if let outcome = try judge(vmm) { return outcome }
    } catch {
      switch error {
      case .failure(let failure): throw failure
      case .ended(let ending): return try outcome(ofEarly: ending)
      case .interrupted(let signal): return .interrupted(signal: signal)
      }
    }
    if staysStopped, request.isVerbose {
      StandardStream.error.writeLine(
        "dtgen: \(name): the guest may run, and stays stopped, as its VMM was told")
    }
    return .vmm(process.waitForEnd())
  }

  /// Judges the guest, and lets it run; how this ends where it doesn't go on.
  private func judge(_ vmm: any GatedVMM) throws(GateStop) -> GateOutcome? {
    let status: ExitStatus
    do throws(GateStop) {
      try vmm.requireUnstarted()
      status = try judge(try vmm.machine())
      if status == .clean {
        // Judging takes its time, and another monitor may have started the guest meanwhile.
        try vmm.requireUnstarted()
        if isStandIn {
          vmm.process.stop(isEnding: vmm.quit())
          return .stopped(.clean)
        }
        return staysStopped ? nil : try start(vmm)
      }
    } catch {
      // What a QEMU says of signals would stand before the reason.
      vmm.process.stop(isEnding: isStandIn && vmm.quit())
      throw error
    }
    vmm.process.stop(isEnding: vmm.quit())
    return .stopped(refusal(status))
  }

  /// Lets the guest run; how the VMM ended, where it did at once.
  private func start(_ vmm: any GatedVMM) throws(GateStop) -> GateOutcome? {
    do throws(GateStop) { return try vmm.go().map { .vmm($0) } } catch {
      guard case .interrupted(let signal) = error else { throw error }
      // The guest may run by now: what tells the gate to end is for the VMM, which may have something to put in order.
      vmm.process.pass(on: signal)
      return nil
    }
  }

  private func judge(_ machine: GatedMachine) throws(GateStop) -> ExitStatus {
    do throws(Failure) {
      if let treeFile { try keep(machine.tree, in: treeFile) }
      var request = request
      var given = GivenMachine(
        name: name, tree: machine.tree, tables: machine.tables,
        firmware: machine.firmware, kernelArguments: machine.kernelArguments)
      try addKernel(to: &request, machine.kernel)
      if let tree = given.tree {
        let tree = try FlattenedTree(
          tree.bytes, fileSize: tree.fileSize, limits: request.limits.tree, path: name)
        request.features = try features { () throws(CommandLineError) in
          try machine.features(GuestView(tree: tree))
        }
      } else if !request.expected.isEmpty {
        throw Failure(
          .usage, "\(name): its guest goes by ACPI tables, which --expect doesn't compare")
      }
      if !given.tables.isEmpty {
        let file = try LintSession.tables(given.tables, path: name, request.limits)
        let view = TablesView(TableSet([TableSet.Member(file)]), limits: request.limits.tables)
        given.featuresUnderACPI = try features { () throws(CommandLineError) in
          try machine.featuresUnderACPI(view)
        }
      }
      request.given = given
      return try LintRun(request).run()
    } catch {
      throw .failure(error)
    }
  }

  private func keep(_ tree: GivenTree?, in file: String) throws(Failure) {
    guard let tree else {
      throw Failure(.usage, "\(name): has no device tree, which --keep-tree could write")
    }
    var files = OutputFiles()
    files.add(file, tree.bytes)
    try files.write()
  }

  private func features(
    _ ask: () throws(CommandLineError) -> DeviceFeatures
  ) throws(Failure) -> DeviceFeatures {
    do throws(CommandLineError) { return try ask() } catch {
      throw Failure(.badInput, "\(name): \(error.description)")
    }
  }

  /// Takes what the image of the kernel says of itself, where nobody said what it was built with.
  private func addKernel(to request: inout LintRequest, _ kernel: String?) throws(Failure) {
    guard request.guest == nil, !takesUnknownKernel else { return }
    if let kernel { request.guest = try KernelImage.configuration(in: kernel) }
    if request.guest != nil { return }
    throw Failure(
      .usage,
      "nothing is known of the guest's kernel: say with --guest-config or --guest what it was built with, "
        + "or --unknown-kernel to start it without knowing")
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
    if isStandIn {
      throw Failure(
        .protocolError,
        "\(name): a QEMU like the guest's ended before it could be asked, with what it says above; the guest was "
          + "not started")
    }
    guard ending == .exited(0) else { return .vmm(ending) }
    throw Failure(.protocolError, "\(name): ended before its guest was judged")
  }
}
