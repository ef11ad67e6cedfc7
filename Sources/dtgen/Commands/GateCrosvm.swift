import ArgumentParser
import VMMInterface

/// `dtgen gate crosvm`: starts crosvm, judges its guest before the first instruction, and lets it run or not.
struct GateCrosvm: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosvm",
    abstract: "Start crosvm, and let its guest run only if it will work, and confined.",
    discussion: """
      What follows '--' is the command line of crosvm as it would be started without a gate:

        dtgen gate crosvm --guest-config config -- crosvm run --protected-vm --swiotlb 64 … Image

      crosvm is started with its guest suspended and writes its tree (--suspended, \
      --dump-device-tree-blob; a control socket where none is named). What its devices offer follows from \
      its options. If nothing is found the guest is resumed by crosvm resume. All else is as in dtgen gate \
      qemu, which says more.

      The tree is the one that crosvm makes. A protected guest's firmware, pvmfw, rebuilds it.

      This was tried with a program in crosvm's place, and not with crosvm.
      """)

  @OptionGroup
  var gate: GateOptions

  func run() throws {
    if gate.kernel.listGuests { return KernelOptions.list() }
    var outcome = GateOutcome.stopped(.internalError)
    try reportingFailures {
      let line = try commandLine()
      if let obstacle = line.obstacle { throw Failure(.usage, obstacle) }
      if let socket = line.socket, (try? FileStatus(of: socket))?.isDirectory == true {
        throw Failure(
          .usage,
          "--socket \(socket.reportedPath): is a directory, in which crosvm chooses a name; name a file"
        )
      }
      let request = gate.request
      outcome = try request.gate(staysStopped: line.isSuspended).run {
        signals throws(GateStop) -> any GatedVMM in
        try GatedCrosvm(
          request.command, line, name: request.name, limits: request.lint.limits.tree,
          patience: request.patience, signals)
      }
      return .clean
    }
    outcome.leave()
  }

  private func commandLine() throws(Failure) -> CrosvmCommandLine {
    do throws(CommandLineError) {
      return try CrosvmCommandLine(gate.command)
    } catch {
      throw Failure(.usage, error.description)
    }
  }
}
