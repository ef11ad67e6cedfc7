import DeviceTree
import Diagnostics
import GuestView

/// The `ranges` of `/reserved-memory` should be empty.
enum ReservedRangesNotEmpty: Rule {
  static let id = "memory/reserved-ranges-not-empty"
  static let severity = Severity.warning
  static let summary = "the ranges of reserved-memory translate"
  static let rationale = """
    Regions are reserved at the addresses of their reg, as if ranges were empty. Whoever looks a \
    region up later as an ordinary node gets the translated address, so the two disagree.
    """
  static let consequence = "the kernel reserves one range, and drivers may use another"
  static let help = "make ranges empty and write guest-physical addresses in reg"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
    .linux("drivers/of/address.c", "of_address_to_resource"),
  ]
  static let silencedBy: [any Rule.Type] = [ReservedCellsDiffer.self]
  static let good = [
    Example(
      """
      &reserved {
        ranges;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        ranges = <0x0 0x0 0x0 0x0 0x1 0x0>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let property = view.reservedMemory?.node.property("ranges"), property.count > 0 else {
      return
    }
    report(
      "ranges is not empty", at: .property(property), found: "\(property.count) bytes",
      expected: "0 bytes")
  }
}
