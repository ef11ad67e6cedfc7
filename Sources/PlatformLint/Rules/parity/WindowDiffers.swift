import ACPI
import Diagnostics
import GuestView

/// The registers of a device are in one place.
enum WindowDiffers: ParityRule {
  static let id = "parity/window-differs"
  static let severity = Severity.warning
  static let summary = "the tree and the tables give a device different addresses"
  static let rationale = """
    A device answers at the addresses at which the VMM put it. Of two descriptions that say different things, one \
    is wrong, and it shows when the guest goes by that one.
    """
  static let consequence = """
    a guest that goes by the wrong one reads registers of nothing, or of another device
    """
  static let help = "write the addresses of the VMM into both"
  static let exceptions = """
    Of flash memory, a tree has all banks in one node, and tables one device for each; the first is compared.
    """
  static let sources = [
    Source.linux("drivers/of/address.c", "of_address_to_resource"),
    .linux("drivers/acpi/resource.c", "acpi_dev_resource_memory"),
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.VIO0: _CRS[0]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000, length: 0x1000), TableExamples.line(48),
        ])
      ]),
    ParityExample(
      at: ["\\_SB.VIO1: _CRS[0]"],
      [
        TableExamples.virtio(),
        TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0400, interrupt: 49),
      ]),
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for pair in view.devices where pair.node.range != pair.device.range {
      let isElsewhere = pair.node.range.first != pair.device.range.first
      report(
        isElsewhere
          ? "the tree has the \(pair.role.name) elsewhere"
          : "the tree has another size of the same window",
        at: .tables(pair.device.device.place(of: pair.device.window)),
        found: "\(pair.device.range)", expected: "\(pair.node.range)",
        related: [
          ParityParty(
            "is what the tree says",
            at: .tree(.element(pair.node.property, 0, cells: pair.node.cells)))
        ])
    }
  }
}
