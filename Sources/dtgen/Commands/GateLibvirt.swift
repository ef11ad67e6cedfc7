import ArgumentParser
import PlatformLint
import VMMInterface

/// `dtgen gate libvirt`: a hook that lets libvirt start a domain, or not.
struct GateLibvirt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "libvirt",
    abstract: "As a hook, let libvirt start a domain only if its guest will work, and confined.",
    discussion: """
      libvirt calls /etc/libvirt/hooks/qemu with words that stand behind '--' here, and the domain's XML on \
      standard input:

        #!/bin/sh
        exec dtgen gate libvirt --except 'desktop-*' -- "$@"

      Before libvirt starts QEMU, a QEMU of the same machine and with the same devices, but nothing behind \
      them, is made from the XML, stopped in front of its guest's first instruction, and asked for its tree \
      and for what each device offers. Both are judged together with the guest's kernel, as by dtgen gate qemu, and \
      that QEMU ends. Status 0 lets libvirt go on. With any other it doesn't start the domain, and its error \
      has what was found. To all else that libvirt tells a hook the answer is 0 at once.

      What belongs to a domain may stand in its metadata:

        <metadata>
          <dtgen:gate xmlns:dtgen="urn:dtgen:libvirt:1" guest-config="/srv/guest/config"/>
        </metadata>

      The attributes are guest-config, guest, policy, require and firmware-keeps-tree, and go before the options \
      of the same names. Every domain is judged, unless --except names it or --only-marked is said; one of \
      which it isn't known what QEMU would make is not started.
      """)

  @OptionGroup
  var gate: GateOptions

  @Option(
    name: .customLong("except"),
    help: ArgumentHelp(
      "Let domains of such names through, unjudged; may be repeated.", valueName: "pattern"))
  var exceptions: [String] = []

  @Flag(help: "Let domains through, unjudged, whose metadata has no dtgen:gate.")
  var onlyMarked = false

  @Flag(
    name: .customLong("firmware-keeps-tree"),
    help: """
      The guest's firmware hands the tree on, as U-Boot does, and doesn't give tables of ACPI in its place.
      """)
  var firmwareKeepsTree = false

  func run() throws {
    if gate.kernel.listGuests { return KernelOptions.list() }
    var outcome = GateOutcome.stopped(.internalError)
    try reportingFailures {
      outcome = try judge()
      return .clean
    }
    outcome.leave()
  }

  private func judge() throws(Failure) -> GateOutcome {
    let hook = try LibvirtHook(gate.command)
    let isExcepted = exceptions.contains { Glob($0).matches(hook.domain) }
    guard hook.isBeforeStart, !isExcepted else { return .stopped(.clean) }
    let domain = try hook.read()
    if onlyMarked, domain.gate == nil { return .stopped(.clean) }
    let trustsFirmware = firmwareKeepsTree || domain.gate?.firmwareKeepsTree == true
    let command: [String]
    do throws(CommandLineError) {
      command = try domain.command()
    } catch {
      throw Failure(
        .badInput, "\(domain.name): \(error.description); the guest was not started")
    }
    var guest = try gate.request.gate(staysStopped: false)
    guest.name = domain.name.reportedPath
    guest.isStandIn = true
    if let settings = domain.gate { try guest.take(settings) }
    let options = GatedQEMU.Options(
      patience: gate.patience, trustsFirmware: trustsFirmware,
      firmware: domain.firmwareWithTables, limits: gate.limits.limits.tree,
      keepsTree: gate.treeFile != nil,
      endsOnReset: QEMUStartOptions(Array(command.dropFirst())).endsOnReset)
    let name = guest.name
    return try guest.run { signals throws(GateStop) -> any GatedVMM in
      try GatedQEMU(command, name: name, options, signals)
    }
  }
}

extension GuestGate {
  /// Takes what the metadata of a domain say, before what the command line does.
  fileprivate mutating func take(_ settings: LibvirtGateSettings) throws(Failure) {
    let inputs = CheckInputs(limits: request.limits)
    if settings.guest != nil || settings.guestConfig != nil {
      request.guest = try inputs.guest(named: settings.guest, file: settings.guestConfig)
    }
    if let policy = settings.policy { request.judging.policy = .file(policy) }
    request.required += settings.required
  }
}
