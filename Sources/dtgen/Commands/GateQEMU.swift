import ArgumentParser
import VMMInterface

/// `dtgen gate qemu`: starts QEMU, judges its guest before the first instruction, and lets it run or not.
struct GateQEMU: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qemu",
    abstract: "Start QEMU, and let its guest run only if it will work, and confined.",
    discussion: """
      What follows '--' is the command line of a QEMU as it would be started without a gate:

        dtgen gate qemu --guest-config config -- qemu-system-aarch64 -M virt -kernel Image …

      QEMU is started with its guest stopped. It is asked for the tree that the guest would find in \
      memory, or of a PC and behind UEFI for the ACPI tables, and for what each virtio device offers; what the kernel \
      was built with is said by --guest-config or --guest, or by the image behind -kernel, where it was built to \
      (CONFIG_IKCONFIG). All three are judged as by dtgen check. If nothing is found at or above \
      --fail-on, the guest runs, and the gate stays out of the way: standard streams, the terminal, \
      open files and variables are QEMU's, signals are passed on, and the exit status is QEMU's, or the \
      signal that ended it. Otherwise QEMU is ended, what the guest would have done is said on standard \
      error, and the exit status is 77.

      Whatever keeps the guest from being judged keeps it from running: a QEMU that says nothing (76, \
      --timeout) or ends by itself (with its own status), a tree that can't be read (65), a kernel of \
      which nothing is known (64). The guest of a QEMU with -S stays stopped when it is judged.

      It takes QEMU 7.2 or later: virt of arm64 and riscv64, and the machines of x86. A guest whose firmware is given \
      both a tree and tables has to be right by either.
      """)

  @OptionGroup
  var gate: GateOptions

  @Flag(
    name: .customLong("firmware-keeps-tree"),
    help: """
      The guest's firmware hands the tree on, as U-Boot does, and doesn't give tables of ACPI in its place.
      """)
  var firmwareKeepsTree = false

  func run() throws {
    if gate.kernel.listGuests { return KernelOptions.list() }
    try Self.run(request)
  }

  /// Does what `request` asks for, whoever read the command line; returns only to report a failure.
  static func run(_ request: GateRequest) throws {
    var outcome = GateOutcome.stopped(.internalError)
    try reportingFailures {
      let options = QEMUStartOptions(Array(request.command.dropFirst()))
      if let obstacle = options.obstacle { throw Failure(.usage, obstacle) }
      let qemu = GatedQEMU.Options(
        patience: request.patience, trustsFirmware: request.trustsFirmware,
        limits: request.lint.limits.tree, keepsTree: request.treeFile != nil,
        endsOnReset: options.endsOnReset)
      outcome = try request.gate(staysStopped: options.isStopped).run {
        signals throws(GateStop) -> any GatedVMM in
        try GatedQEMU(request.command, name: request.name, qemu, signals)
      }
      return .clean
    }
    outcome.leave()
  }

  /// What is asked for.
  var request: GateRequest {
    var request = gate.request
    request.trustsFirmware = firmwareKeepsTree
    return request
  }
}
