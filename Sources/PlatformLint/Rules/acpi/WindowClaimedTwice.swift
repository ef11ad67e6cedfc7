import ACPI
import Diagnostics
import GuestView

/// Guest-physical addresses are one device's.
enum WindowClaimedTwice: TableRule {
  static let id = "acpi/window-claimed-twice"
  static let severity = Severity.error
  static let summary = "two devices have the same addresses"
  static let rationale = """
    The driver that comes first requests the window, and the one that comes second is refused: a second \
    description of a device, in an SSDT beside the DSDT for instance, takes the window from the first. The \
    configuration space of PCI and the registers of interrupt controllers and SMMUs are claimed as well.
    """
  static let consequence = "the device that is enumerated second fails with -16"
  static let logLine: String? = "can't request region for resource"
  static let help = "describe each device once, and give each its own addresses"
  static let exceptions = """
    PNP0C01 and PNP0C02 keep addresses from others and have none. A device inside a window of the host bridge \
    that it is below is where it belongs; of another, or of a controller, the finding is a warning: Linux gives \
    functions other addresses.
    """
  static let sources = [
    Source.linux("lib/devres.c", "devm_ioremap_resource"),
    .linux("drivers/acpi/pci_root.c", "acpi_pci_root_remap_iospace"),
    .observed("LNRO0005 and PRP0001 for one window: error -16"),
  ]
  static let goodTables = [
    TableExample([
      TableExamples.virtio(),
      TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO1: _CRS[0]"],
      [
        TableExamples.virtio(),
        TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0100, interrupt: 49),
      ]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[0]"], [TableExamples.virtio(base: 0x080a_0000)]),
    TableExample(
      at: ["\\_SB.PCI0: _CRS[1]"],
      [
        TableExamples.pciHost(resources: [
          TableExamples.buses(0...15), TableExamples.pciWindow(0x1000_0000, length: 0x3000_0000),
        ])
      ], with: [TableExamples.mcfg(base: 0x3f00_0000, 0...15)]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    for (one, other) in report.shared.overlaps {
      // Of two the device is told of, and of two devices the one that is met second.
      let (first, second) = order(one, other)
      if first.device?.index == second.device?.index, first.device != nil { continue }
      if isInside(first, second) || isInside(second, first) { continue }
      if first.device?.isConditional ?? false || second.device?.isConditional ?? false { continue }
      let isBridge = (first.kind == .pciWindow) != (second.kind == .pciWindow)
      let isSpace = first.kind == .configurationSpace || second.kind == .configurationSpace
      report(
        "addresses that \(first.owner) has", at: second.place, found: second.range.description,
        related: [TableParty("has \(first.range)", at: first.place)],
        severity: isBridge && !isSpace ? .warning : nil)
    }
  }

  private static func order(
    _ one: TableClaim, _ other: TableClaim
  ) -> (first: TableClaim, second: TableClaim) {
    guard let left = one.device else { return (one, other) }
    guard let right = other.device else { return (other, one) }
    return left.index <= right.index ? (one, other) : (other, one)
  }

  /// Whether `device` is below the host bridge whose window it is in.
  private static func isInside(_ device: TableClaim, _ window: TableClaim) -> Bool {
    guard window.kind == .pciWindow, let host = window.device?.path, let path = device.device?.path
    else { return false }
    return path.hasPrefix(host + ".")
  }
}
