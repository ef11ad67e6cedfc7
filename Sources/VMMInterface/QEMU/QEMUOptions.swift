/// The options of a command line of QEMU, one by one.
struct QEMUOptions {
  /// One option.
  struct Option {
    /// Its name without dashes.
    var name: String
    /// What stands behind it; empty for an option that takes nothing.
    var value: String
  }

  private(set) var all: [Option] = []

  /// Reads `words`.
  ///
  /// - Throws: ``CommandLineError`` where a value is missing.
  init(_ words: [String]) throws(CommandLineError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word.count > 1 else {
        // The image of a disk.
        all.append(Option(name: "drive", value: word))
        continue
      }
      let name = String(word.drop { $0 == "-" })
      guard !Self.alone.contains(name) else {
        all.append(Option(name: name, value: ""))
        continue
      }
      guard let value = rest.popFirst() else {
        throw CommandLineError("nothing stands behind -\(name)")
      }
      all.append(Option(name: name == "machine" ? "M" : name, value: value))
    }
  }

  /// Makes sure that all devices are on the command line, and in words that are read here.
  ///
  /// - Throws: ``CommandLineError`` where they stand in a file, or are written in JSON.
  func requireDevicesInWords() throws(CommandLineError) {
    for option in all {
      if option.name == "readconfig" {
        throw CommandLineError("-readconfig: its devices stand in a file, which isn't read here")
      }
      if option.name == "device", option.value.hasPrefix("{") {
        throw CommandLineError("-device in JSON isn't read here: write it as NAME,PROPERTY=VALUE")
      }
    }
  }

  /// What `-M` says; the last one counts.
  var machine: String? { all.last { $0.name == "M" }?.value }

  /// Whether QEMU adds a network card that nobody asked for.
  ///
  /// **Source:** QEMU 7.2 `net/net.c`, `net_init_clients`; `softmmu/vl.c`, `default_net`.
  var hasDefaultNIC: Bool {
    !all.contains { ["nodefaults", "nic", "net", "netdev"].contains($0.name) }
  }

  /// The options that take nothing.
  ///
  /// **Source:** QEMU 7.2 `qemu-options.hx`, those without `HAS_ARG`.
  private static let alone: Set<String> = [
    "S", "nodefaults", "nographic", "no-reboot", "no-shutdown", "enable-kvm", "snapshot",
    "daemonize",
    "no-user-config", "no-acpi", "no-hpet", "full-screen", "no-fd-bootchk", "singlestep", "h",
    "help",
    "version", "usb", "s", "win2k-hack", "preconfig", "old-param", "semihosting", "only-migratable",
    "portrait", "curses", "no-quit", "alt-grab", "ctrl-grab", "mem-prealloc", "nouserconfig",
    "enable-sync-profile",
  ]

  /// The parts of `a,b=c,,d`, each with its key.
  ///
  /// `first` is the key of a first part that has none. A comma that stands twice is one.
  static func pairs(_ text: String, first: String? = nil) -> [(key: String, value: String)] {
    var parts: [String] = [""]
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "," {
        if rest.first == "," {
          rest.removeFirst()
          parts[parts.count - 1].append(",")
        } else {
          parts.append("")
        }
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.enumerated().map { index, part in
      if let equals = part.firstIndex(of: "=") {
        return (String(part[..<equals]), String(part[part.index(after: equals)...]))
      }
      if index == 0, let first { return (first, part) }
      // An older way to say yes and no.
      return part.hasPrefix("no") && part.count > 2
        ? (String(part.dropFirst(2)), "off") : (part, "on")
    }
  }

  /// Whether a value is yes.
  ///
  /// **Source:** QEMU 7.2 `qapi/qapi-util.c`, `qapi_bool_parse`.
  ///
  /// - Throws: ``CommandLineError`` where it is neither yes nor no.
  static func isOn(_ value: String, _ place: String) throws(CommandLineError) -> Bool {
    switch value {
    case "on", "yes", "true", "y": return true
    case "off", "no", "false", "n": return false
    default: throw CommandLineError("\(place): '\(value)' is neither on nor off")
    }
  }
}
