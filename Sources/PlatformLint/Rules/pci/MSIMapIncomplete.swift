import DeviceTree
import Diagnostics
import GuestView

/// `msi-map` is for all functions that a host can have.
enum MSIMapIncomplete: Rule {
  static let id = "pci/msi-map-incomplete"
  static let severity = Severity.warning
  static let summary = "requester IDs of a PCI host are left out of its msi-map"
  static let rationale = """
    A function has message-signalled interrupts if its requester ID falls into an entry of \
    msi-map. One that is left out, by entries that are too short or that start too high, is \
    without; a length of 0 leaves out all.
    """
  static let consequence = """
    functions with these requester IDs have no message-signalled interrupts
    """
  static let logExample: String? =
    "virtio_blk virtio2: probe with driver virtio_blk failed with error -524"
  static let help = "write <0x0 phandle 0x0 0x10000>, for all requester IDs"
  static let exceptions = "Hosts that are not generic ones, and maps with a mask."
  static let sources = [
    Source.linux("drivers/of/base.c", "of_map_id"),
    .linux("drivers/of/irq.c", "of_msi_map_id"),
    .binding("pci/pci-msi.txt"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        msi-map = <0x0 &its 0x0 0x10000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        msi-map = <0x0 &its 0x0 0x100>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        msi-map = <0x0 &its 0x0 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled && host.configurationSpacePerBus != nil {
      guard let map = host.msiMap, let gap = map.uncovered(in: host.requesterIDs).first else {
        continue
      }
      report(
        "functions of the host have no MSI controller", at: .property(map.property),
        found: "nothing for requester IDs "
          + "\(ByteText.hex(gap.lowerBound)) to \(ByteText.hex(gap.upperBound))",
        expected: "an entry for each requester ID of the host")
    }
  }
}
