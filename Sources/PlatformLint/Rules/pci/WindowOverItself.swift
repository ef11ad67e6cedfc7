import DeviceTree
import Diagnostics
import GuestView

/// The windows and the configuration space of one host are for different addresses.
enum WindowOverItself: Rule {
  static let id = "pci/window-over-itself"
  static let severity = Severity.error
  static let summary = "two windows of a PCI host, or one and its configuration space, overlap"
  static let rationale = """
    An address leads to configuration space, to ports or to memory of a function. The guest claims \
    each range by itself, and the second one that it claims of the same addresses is refused: the \
    configuration space takes the whole host with it.
    """
  static let consequence = "the host does not come up, or one of its windows is not used"
  static let logLine: String? = "can't claim ECAM area …: address conflict"
  static let help = "move one of the two, in ranges or in reg"
  static let sources = [
    Source.linux("drivers/pci/ecam.c", "pci_ecam_create"),
    .linux("drivers/pci/of.c", "devm_request_pci_bus_resources"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x10000000>,
                 <0x3000000 0x0 0x20000000 0x0 0x20000000 0x0 0x10000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x20000000>,  // finding
                 <0x3000000 0x0 0x20000000 0x0 0x20000000 0x0 0x10000000>;
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x3000000 0x40 0x0 0x40 0x0 0x1 0x0>;  // finding
      };
      """),
  ]

  private struct Part {
    var range: AddressRange
    var spot: Spot
    var isWindow: Bool
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      var parts = host.windows.compactMap { window in
        window.range.map {
          Part(
            range: $0, spot: .element(window.property, window.index, cells: window.cells),
            isWindow: true)
        }
      }
      parts += view.registers(of: host.node).compactMap { register in
        register.range.map {
          Part(
            range: $0, spot: .element(register.property, register.index, cells: register.cells),
            isWindow: false)
        }
      }
      parts.sort { ($0.range, $0.spot.bytes.lowerBound) < ($1.range, $1.spot.bytes.lowerBound) }
      for (first, second) in Overlaps.pairs(among: parts, by: \.range)
      where first.isWindow || second.isWindow {
        let (window, other) = second.isWindow ? (second, first) : (first, second)
        report(
          other.isWindow
            ? "the window overlaps another one of the host"
            : "the window overlaps the registers of the host",
          at: window.spot, found: "\(window.range)",
          expected: "nothing in common with \(other.range)",
          related: [Party("is at \(other.range)", at: other.spot)])
      }
    }
  }
}
