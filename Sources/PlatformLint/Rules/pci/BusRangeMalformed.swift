import DeviceTree
import Diagnostics
import GuestView

/// `bus-range` is the first and the last bus, 0 to 255.
enum BusRangeMalformed: Rule {
  static let id = "pci/bus-range-malformed"
  static let severity = Severity.error
  static let summary = "bus-range is not the first and the last bus"
  static let rationale = """
    The property holds two cells, the number of the first bus and that of the last one, and a PCI \
    hierarchy has 256 buses at most.
    """
  static let consequence = "the host bridge does not come up, or has buses that nobody meant"
  static let logExample: String? =
    "pci-host-generic <device>: probe with driver pci-host-generic failed with error -22"
  static let help = "write the first bus and the last one: bus-range = <0 255>"
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_pci_parse_bus_range"),
    .linux("drivers/pci/ecam.c", "pci_ecam_create"),
  ]
  static let alsoKnownAs = ["dtc: pci_bridge"]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        bus-range = <0x0 0x7f>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        bus-range = <0xff 0x0>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        bus-range = <0x0 0x100>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        bus-range = <0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      guard let property = host.busRange else { continue }
      guard property.count == 8, let first = property.cell(0), let last = property.cell(1) else {
        report(
          "bus-range has the wrong length", at: .property(property),
          found: ByteText.size(property.count), expected: "8 bytes: the first and the last bus")
        continue
      }
      guard first > last || last > 255 else { continue }
      report(
        first > last ? "the first bus comes behind the last one" : "there is no such bus",
        at: .property(property), found: "\(first) to \(last)",
        expected: "two numbers in ascending order, 0 to 255")
    }
  }
}
