/// What a command line asks `dtgen check` for.
struct CheckRequest: Equatable {
  /// What is judged, and how; without what the devices offer and the kernel was built with.
  var lint: LintRequest
  /// The files of what the devices offer: one, or one for each machine of a pair, in their order; empty for none.
  var features: [String] = []
  /// The command line of the VMM, which says the same; empty for none.
  var command: [String] = []
  /// The file of what the kernel was built with; nil for none.
  var guestConfig: String?
  /// The name of a kernel that is known here; nil for none.
  var guest: String?

  /// Reads the inputs, and judges.
  ///
  /// - Throws: ``Failure`` with the status to exit with.
  func run() throws(Failure) -> ExitStatus {
    var request = lint
    let inputs = CheckInputs(limits: lint.limits)
    request.guest = try inputs.guest(named: guest, file: guestConfig)
    if lint.pair != nil {
      for (file, features) in zip(lint.inputs, features) {
        request.featuresOfMachines[file] = try inputs.features(in: features)
      }
    } else if let features = features.first {
      request.features = try inputs.features(in: features)
    } else if !command.isEmpty {
      request.features = try inputs.features(of: command, tree: lint.inputs)
    }
    return try LintRun(request).run()
  }
}

extension CheckRequest {
  /// The request of a command line that is as plain as they mostly are.
  ///
  /// That is `check`, what a plain ``LintRequest`` has, and perhaps `--dtb`, `--acpi`, `--features`,
  /// `--guest-config`, `--guest` and `--require` with a value each. For any other it is nil, and ArgumentParser
  /// has to read it: that takes longer than everything else.
  init?(plain arguments: some Collection<String>) {
    guard arguments.first == "check" else { return nil }
    self.init(lint: LintRequest())
    var tree: String?
    var tables: [String] = []
    var words = arguments.dropFirst().makeIterator()
    while let word = words.next() {
      let isTaken =
        switch word {
        case "--dtb": PlainOption.take(&tree, words.next())
        case "--features": features.isEmpty && PlainOption.take(&features, words.next())
        case "--guest-config": PlainOption.take(&guestConfig, words.next())
        case "--guest": PlainOption.take(&guest, words.next())
        case "--acpi": PlainOption.take(&tables, words.next())
        case "--require": PlainOption.take(&lint.required, words.next())
        default: lint.take(plain: word, &words)
        }
      guard isTaken else { return nil }
    }
    if guest != nil, guestConfig != nil { return nil }
    lint.inputs = [tree].compactMap(\.self) + lint.inputs + tables
    if lint.inputs.isEmpty { return nil }
  }
}
