import DeviceTree
import Diagnostics
import GuestView

/// pvmfw compares the routing of PCI interrupts with a pattern.
enum InterruptMapRefused: TargetRule {
  static let id = "pvmfw/interrupt-map-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "the interrupt-map of the PCI host is not the one that pvmfw knows"
  static let rationale = """
    The row of device n, from 1, has to map its INTA to SPI 3 + n of a GIC with two address cells, \
    level-high, and its mask is 0xf800 0 0 7. There may be 16 rows, and as many masks.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read pci info from DT: \(PVMFW.notFound)"
  static let help = "route the functions as crosvm does: device n to SPI 3 + n"
  static let sources = [
    Source.pvmfw(
      "src/fdt.rs", "read_pci_info_from", "validate_pci_irq_mask", "validate_pci_irq_map")
  ]
  static let good = [
    Example(
      in: .protected,
      """
      &pci {
        interrupt-map = <0x800 0 0 1 &gic 0 0 0 4 4>, <0x1000 0 0 1 &gic 0 0 0 5 4>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .protected,
      "&pci {\n  interrupt-map = <0x800 0 0 1 &gic 0 0 0 5 4>;  // finding\n};"),
    Example(
      in: .protected,
      "&pci {\n  interrupt-map = <0x1000 0 0 1 &gic 0 0 0 4 4>;  // finding\n};"),
    Example(in: .protected, "&pci {\n  interrupt-map-mask = <0x1800 0 0 7>;  // finding\n};"),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let host = PVMFW(view).nodes("pci-host-cam-generic").first else { return }
    guard let masks = host.property("interrupt-map-mask"), let map = host.property("interrupt-map")
    else {
      report("the PCI host has no interrupt-map, or none with a mask", at: .node(host))
      return
    }
    let rows = (masks: masks.cellCount / 4, map: map.cellCount / 10)
    if rows.masks > 16 || rows.map > 16 {
      report(
        "pvmfw has no room for all rows", at: .property(rows.map > 16 ? map : masks),
        found: "\(max(rows.masks, rows.map)) rows", expected: "at most 16",
        log: .line("Input DT has more than 16 PCI entries!"))
      return
    }
    for row in 0..<rows.masks {
      let cells = (row * 4)..<(row * 4 + 4)
      let found = cells.compactMap(masks.cell)
      if found != [0xf800, 0, 0, 7] {
        report(
          "the mask is another", at: .element(masks, row, cells: cells), found: text(found),
          expected: text([0xf800, 0, 0, 7]), log: .line("Invalid PCI irq mask"))
      }
    }
    for row in 0..<rows.map {
      let cells = (row * 10)..<(row * 10 + 10)
      let found = cells.compactMap(map.cell)
      guard found.count == 10 else { continue }
      let expected: [UInt32] = [
        0x800 * UInt32(row + 1), 0, 0, 1, found[4], 0, 0, 0, 4 + UInt32(row), 4,
      ]
      guard let first = (0..<10).first(where: { found[$0] != expected[$0] }) else { continue }
      report(
        "the row is not the one that pvmfw expects here", at: .element(map, row, cells: cells),
        found: text(found), expected: text(expected), log: .line(line(found, expected, first)))
    }
  }

  private static func text(_ cells: [UInt32]) -> String {
    "<" + cells.map { UInt64($0).hex }.joined(separator: " ") + ">"
  }

  private static func line(_ found: [UInt32], _ expected: [UInt32], _ first: Int) -> String {
    func list(_ cells: ArraySlice<UInt32>) -> String {
      cells.map { UInt64($0).hex }.joined(separator: " ")
    }
    return switch first {
    case 0...2:
      "PCI device address \(list(found[0...2])) in interrupt-map is different from expected address "
        + list(expected[0...2])
    case 3:
      "PCI INT# \(UInt64(found[3]).hex) in interrupt-map is different from expected value 0x1"
    case 5, 6:
      "GIC address \(list(found[5...6])) in interrupt-map is different from expected address 0x0 0x0"
    case 7:
      "GIC peripheral interrupt type \(UInt64(found[7]).hex) in interrupt-map is different from expected value 0x0"
    case 8:
      "GIC irq number \(UInt64(found[8]).hex) in interrupt-map is unexpected. Expected "
        + UInt64(expected[8]).hex
    default:
      "IRQ type in \(UInt64(found[9]).hex) is invalid. Must be LEVEL_HIGH 0x4"
    }
  }
}
