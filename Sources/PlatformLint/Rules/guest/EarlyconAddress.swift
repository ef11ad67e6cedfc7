import DeviceTree
import Diagnostics
import GuestView

/// The console that `earlycon=` starts must be where a device is.
enum EarlyconAddress: Rule {
  static let id = "guest/earlycon-address"
  static let severity = Severity.error
  static let summary = "earlycon= has an address at which there is no device"
  static let rationale = """
    With an address, earlycon= asks no device tree: the kernel maps what is there and writes its first line \
    to it. Where nothing answers, the access ends in an abort that nobody can report, since the console \
    is what would report it; in memory the driver waits for status bits that never change, and overwrites \
    what lies there.
    """
  static let consequence =
    "the guest stops before its first line, or writes into what isn't a console"
  static let help = """
    give the address of a serial port, or say earlycon alone: then stdout-path names the port
    """
  static let exceptions = """
    The registers of a disabled device will do, since firmware may have left it running, and so will a \
    window of a PCI host.
    """
  static let sources = [
    Source.linux("drivers/tty/serial/earlycon.c", "register_earlycon"),
    .linux("drivers/tty/serial/serial_core.c", "uart_parse_earlycon"),
  ]
  static let good = [
    example("earlycon=pl011,mmio32,0x9000000", ""), example("earlycon console=ttyAMA0", ""),
    example("earlycon=pl011,0x9000000,115200", ""),
  ]
  static let bad = [
    example("earlycon=pl011,0x7000000", "  // finding"),
    example("earlycon=uart8250,mmio,0x48000000,115200n8", "  // finding"),
    example("earlycon=pl011,9000000", "  // finding"),
  ]

  private static func example(_ text: String, _ marker: String) -> Example {
    Example(
      """
      &chosen {
        bootargs = "\(text)";\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let commandLine = view.commandLine else { return }
    for parameter in commandLine.all("earlycon") {
      switch place(in: parameter.value ?? "") {
      case nil: continue
      case .unreadable(let text):
        report(
          "the kernel takes this for no address, and starts no early console",
          at: .property(commandLine.property), found: text,
          expected:
            "an address that starts with 0x, behind mmio, or mmio32, if the driver wants that",
          severity: .warning)
      case .address(let address):
        guard !isDevice(address, view) else { continue }
        let isMemory = view.addressMap.claims(.memory).contains { $0.range.holds(address) }
        report(
          isMemory
            ? "earlycon= names an address in memory" : "earlycon= names an address of no device",
          at: .property(commandLine.property), found: parameter.text,
          expected: "the address of a serial port")
      }
    }
  }

  private enum Place {
    case address(UInt64)
    case unreadable(String)
  }

  /// What follows the name of the driver; nil where that is no address of memory-mapped registers.
  private static func place(in value: String) -> Place? {
    let words = value.split(separator: ",", omittingEmptySubsequences: false)
    guard words.count > 1, !words[1].isEmpty, words[1] != "io" else { return nil }
    if ["mmio", "mmio16", "mmio32", "mmio32be", "mmio32native"].contains(words[1]) {
      // Without a digit the kernel reads 0.
      return words.count > 2 ? .address(CommandLine.bytes(String(words[2])) ?? 0) : nil
    }
    guard words[1].hasPrefix("0x") else { return .unreadable(String(words[1])) }
    return .address(CommandLine.bytes(String(words[1])) ?? 0)
  }

  private static func isDevice(_ address: UInt64, _ view: GuestView) -> Bool {
    let claims = view.addressMap.claims(.deviceWindow, .pciWindow)
    if claims.contains(where: { $0.range.holds(address) }) { return true }
    return view.properties(named: "reg").contains { property in
      !view.isEnabled(property.node)
        && view.registers(of: property.node).contains { $0.range?.holds(address) ?? false }
    }
  }
}

extension AddressRange {
  fileprivate func holds(_ address: UInt64) -> Bool { first <= address && address <= last }
}
