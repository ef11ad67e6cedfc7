import DeviceTree
import Diagnostics
import GuestView

/// pvmfw knows four UARTs, by their addresses.
enum UARTDropped: TargetRule {
  static let id = "pvmfw/uart-dropped"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.warning
  static let summary = "a UART is not among those that pvmfw knows"
  static let rationale = """
    The firmware's own tree has the UARTs of a PC: 0x3f8, 0x2f8, 0x3e8 and 0x2e8, and keeps those that are among the first \
    four ns16550a of the VMM's tree.
    """
  static let consequence = "the guest doesn't have the UART, and no console on it"
  static let logLine: String? = "DT has more than 4 UART nodes: discarding extra nodes."
  static let help = "use the addresses of crosvm's UARTs"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "SerialInfo", "read_serial_info_from", "patch_serial_info"),
    .pvmfw("platform.dts"),
  ]
  static let good = [Example(in: .protected, uart(0x2f8, 2))]
  static let bad = [Example(in: .protected, uart(0x9000, 2, mark: "  // finding"))]

  private static func uart(_ address: UInt64, _ line: Int, mark: String = "") -> String {
    """
    / {
      uart@\(String(address, radix: 16)) {\(mark)
        compatible = "ns16550a";
        reg = <0x0 0x\(String(address, radix: 16)) 0x0 0x8>;
        clock-frequency = <0x1c2000>;
        interrupts = <0 \(line) 1>;
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    for (position, node) in pvmfw.nodes("ns16550a").enumerated() {
      guard let entry = pvmfw.entry(of: node) else { continue }
      if position >= 4 {
        report("pvmfw drops this UART", at: .node(node), expected: "at most 4 UARTs")
      } else if ![0x3f8, 0x2f8, 0x3e8, 0x2e8].contains(entry.address) {
        report(
          "pvmfw's tree has no UART there", at: .node(node), found: entry.address.hex,
          expected: "0x3f8, 0x2f8, 0x3e8 or 0x2e8", log: .nothing)
      }
    }
  }
}
