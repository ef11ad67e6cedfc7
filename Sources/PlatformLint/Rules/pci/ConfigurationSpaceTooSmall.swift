import DeviceTree
import Diagnostics
import GuestView

/// The configuration space of a PCI host must have room for its buses.
enum ConfigurationSpaceTooSmall: Rule {
  static let id = "pci/configuration-space-too-small"
  static let severity = Severity.error
  static let summary = "reg of a PCI host has no room for the buses of bus-range"
  static let rationale = """
    Every bus takes 1 MiB of configuration space with ECAM and 64 KiB with CAM. The guest drops the \
    buses at the end that the window has no room for, and devices on them are never found.
    """
  static let consequence = "the guest uses fewer buses than bus-range says"
  static let logLine: String? = "ECAM area … can only accommodate … (reduced from … desired)"
  static let help = "make the window of reg larger, or end bus-range earlier"
  static let exceptions =
    "A warning where at least one bus has room, since most guests need no more."
  static let sources = [
    Source.linux("drivers/pci/ecam.c", "pci_ecam_create"),
    .binding("pci/host-generic-pci.yaml"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        reg = <0x40 0x10000000 0x0 0x1000000>;
        bus-range = <0x0 0xf>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        reg = <0x40 0x10000000 0x0 0x1000000>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        reg = <0x40 0x10000000 0x0 0x10000>;  // finding
        bus-range = <0x0 0x0>;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      guard let perBus = host.configurationSpacePerBus,
        let register = view.registers(of: host.node).first, let size = register.size
      else { continue }
      let needed = UInt64(host.buses.count) * perBus
      guard size < needed else { continue }
      report(
        "the configuration space has room for \(size / perBus) of \(host.buses.count) buses",
        at: .cells(register.property, register.sizeCells, "reg[0].size"),
        found: ByteText.hexAndSize(size), expected: "at least \(ByteText.hexAndSize(needed))",
        related: host.busRange.map { [Party("says which buses there are", at: .property($0))] }
          ?? [],
        severity: size >= perBus ? .warning : nil)
    }
  }
}
