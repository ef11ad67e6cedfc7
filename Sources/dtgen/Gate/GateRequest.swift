/// What a command line asks of a gate, whatever the VMM is.
struct GateRequest: Equatable {
  /// The VMM's command line.
  var command: [String] = []
  /// How the guest is judged.
  var lint = LintRequest(isQuiet: true)
  /// The name of a kernel that is known; nil where none is named.
  var guest: String?
  /// The file of what the kernel was built with; nil for none.
  var guestConfig: String?
  /// Whether a guest is let through of whose kernel nothing is known.
  var takesUnknownKernel = false
  /// How long the VMM may take until its guest is judged, in seconds.
  var patience = 10
  /// Where the tree is kept; nil for nowhere.
  var treeFile: String?
  /// Whether the guest goes by the tree, though its firmware may give it tables instead.
  var trustsFirmware = false

  /// What messages call the VMM.
  var name: String { command.first.map { Path.name(of: $0).reportedPath } ?? "" }

  /// The gate.
  ///
  /// - Throws: ``Failure`` for a kernel that isn't known.
  func gate(staysStopped: Bool) throws(Failure) -> GuestGate {
    var request = lint
    request.guest = try CheckInputs(limits: lint.limits).guest(named: guest, file: guestConfig)
    return GuestGate(
      name: name, request: request, takesUnknownKernel: takesUnknownKernel,
      staysStopped: staysStopped, treeFile: treeFile)
  }
}

extension GateRequest {
  /// The request of a command line that is as plain as a service's mostly is.
  ///
  /// That is `gate qemu`, perhaps `--guest`, `--guest-config`, `--profile`, `--no-policy` and `--require`, and behind
  /// `--` the command line of QEMU. For any other it is nil, and ArgumentParser has to read it: that takes longer than
  /// to ask QEMU for its machine and to judge that.
  init?(plain arguments: some Collection<String>) {
    guard arguments.starts(with: ["gate", "qemu"]) else { return nil }
    self.init()
    var words = arguments.dropFirst(2).makeIterator()
    while let word = words.next(), word != "--" {
      let isTaken =
        switch word {
        case "--guest": PlainOption.take(&guest, words.next())
        case "--guest-config": PlainOption.take(&guestConfig, words.next())
        case "--require": PlainOption.take(&lint.required, words.next())
        case "--profile", "--no-policy": lint.take(plain: word, &words)
        default: false
        }
      guard isTaken else { return nil }
    }
    while let word = words.next() { command.append(word) }
    // Whatever is wrong is for ArgumentParser to tell.
    guard let program = command.first, !program.isEmpty, guest == nil || guestConfig == nil else {
      return nil
    }
  }
}
