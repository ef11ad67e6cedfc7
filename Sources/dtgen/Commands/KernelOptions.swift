import ArgumentParser
import GuestView

/// What the guest's kernel was built with, alike for every command that takes it into account.
struct KernelOptions: ParsableArguments {
  @Option(
    name: .customLong("guest-config"),
    help: ArgumentHelp(
      "What the guest's kernel was built with: its .config, packed by gzip or not.",
      valueName: "file"),
    completion: .file())
  var guestConfigs: [String] = []

  @Option(
    name: .customLong("guest"),
    help: ArgumentHelp("A kernel whose options are known here.", valueName: "name"),
    completion: .list(KnownGuest.all.map(\.name)))
  var guests: [String] = []

  @Flag(help: "List the kernels whose options are known here, and do nothing else.")
  var listGuests = false

  func validate() throws {
    if guest != nil, guestConfig != nil {
      throw ValidationError("--guest and --guest-config exclude each other.")
    }
    if guestConfigs.contains("") {
      throw ValidationError("The name of the kernel's configuration is empty.")
    }
    // One kernel boots; that it is the last one of two is a guess.
    if guests.count > 1 { throw ValidationError("--guest is given once: one kernel boots.") }
    if guestConfigs.count > 1 {
      throw ValidationError("--guest-config is given once: one kernel boots.")
    }
  }

  /// The file with the options of the kernel; nil where none is named.
  var guestConfig: String? { guestConfigs.first }

  /// The name of the kernel; nil where none is named.
  var guest: String? { guests.first }

  /// Whether one of them was named.
  var isGiven: Bool { guest != nil || guestConfig != nil }

  /// The kernel; nil where none is named.
  ///
  /// - Throws: ``Failure``, as ``CheckInputs`` has it.
  func guest(limits: LintLimits) throws(Failure) -> GuestConfiguration? {
    try CheckInputs(limits: limits).guest(named: guest, file: guestConfig)
  }

  /// Prints the kernels that are known.
  static func list() {
    for guest in KnownGuest.all {
      let gap = String(repeating: " ", count: max(1, 24 - guest.name.count))
      StandardStream.output.writeLine(guest.name + gap + guest.source)
    }
  }
}
