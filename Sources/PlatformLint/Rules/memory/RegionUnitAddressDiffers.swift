import DeviceTree
import Diagnostics
import GuestView

/// The unit address of a region should be the first address of its `reg`.
enum RegionUnitAddressDiffers: Rule {
  static let id = "memory/region-unit-address-differs"
  static let severity = Severity.warning
  static let summary = "the unit address of a reserved region is not the address in its reg"
  static let rationale = """
    The kernel finds a region by the name of its node, and shows that name in its log and in \
    debugfs. A name that gives another address than the region has misleads whoever reads it.
    """
  static let consequence = "the region is reserved where reg says, under a name that says otherwise"
  static let help = "make the unit address the first address of reg, in hexadecimal without 0x"
  static let sources = [
    Source.devicetree("2.2.1.1"),
    .linux("drivers/of/of_reserved_mem.c", "of_reserved_mem_lookup"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        firmware@60000000 {
          reg = <0x0 0x60000000 0x0 0x10000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        firmware@0 {
          reg = <0x0 0x60000000 0x0 0x10000>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cells = view.cells(of: view.tree.root)
    for region in view.regions {
      guard let range = region.range, let reg = region.node.property("reg"),
        let unit = region.node.unitAddress
      else { continue }
      let expected = String(range.first, radix: 16)
      let digits = unit.utf8.contains(UInt8(ascii: ",")) ? unit.replacing(",", with: "") : unit
      guard UInt64(digits, radix: 16) != range.first else { continue }
      report(
        "the unit address is not the address in reg",
        at: .cells(reg, 0..<cells.address, "reg[0].address"), found: "@\(unit)",
        expected: "@\(expected)")
    }
  }
}
