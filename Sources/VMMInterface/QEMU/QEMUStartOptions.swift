/// What the options of a command line of QEMU say about how the machine starts.
///
/// **Source:** QEMU 7.2 `qemu-options.hx`, `softmmu/vl.c`.
public struct QEMUStartOptions: Sendable, Hashable {
  /// Whether the machine is to stay stopped, `-S`.
  public private(set) var isStopped = false
  /// Whether QEMU is to end where the machine is reset, `-no-reboot`.
  public private(set) var endsOnReset = false
  /// Why nothing can be judged before such a machine runs: lower case, no full stop; nil where it can.
  public private(set) var obstacle: String?

  /// Reads the words behind the name of the program.
  ///
  /// Each word by itself: which options take a value changes with QEMU's versions, and one that is taken for an
  /// option though it is a value is refused, and not passed over.
  public init(_ words: [String]) {
    for (index, word) in words.enumerated() where word.hasPrefix("-") {
      let name = String(word.drop { $0 == "-" })
      if name == "S" { isStopped = true }
      let value = index + 1 < words.count ? words[index + 1] : ""
      if name == "no-reboot" { endsOnReset = true }
      // The last one counts.
      if name == "action",
        let action = QEMUOptions.pairs(value).last(where: { $0.key == "reboot" })?.value
      {
        endsOnReset = action == "shutdown"
      }
      if obstacle == nil { obstacle = Self.obstacle(name, value) }
    }
  }

  private static func obstacle(_ name: String, _ value: String) -> String? {
    switch name {
    case "daemonize":
      "-daemonize: the gate has to see its QEMU end; start the gate itself in the background"
    case "preconfig":
      "-preconfig: there is no machine to judge before another program has finished its configuration"
    case "incoming":
      "-incoming: the guest that comes has read its tree elsewhere; it is to be judged where it starts"
    case "loadvm":
      "-loadvm: the guest that is loaded has read its tree before; it is to be judged where it starts"
    case "h", "help", "version": "-\(name): starts no machine"
    case "M" where dumps(value), "machine" where dumps(value):
      "dumpdtb= of -M: QEMU writes the tree and starts no machine; lint judges what it writes"
    default: nil
    }
  }

  private static func dumps(_ machine: String) -> Bool {
    QEMUOptions.pairs(machine).contains { $0.key == "dumpdtb" }
  }
}
