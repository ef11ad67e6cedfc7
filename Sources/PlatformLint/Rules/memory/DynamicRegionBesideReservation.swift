import DeviceTree
import Diagnostics
import GuestView

/// A dynamic region may be placed over an entry of `/memreserve/`.
enum DynamicRegionBesideReservation: Rule {
  static let id = "memory/dynamic-region-beside-reservation"
  static let severity = Severity.warning
  static let summary = "a dynamic region may land on an entry of /memreserve/"
  static let rationale = """
    Room for dynamic regions is found before the memory reservation block is read, so nothing keeps \
    a region away from its entries.
    """
  static let consequence = "the region may be placed over the reserved bytes, and nothing says so"
  static let help = """
    move the entries of /memreserve/ into reserved-memory with reg, or keep the region away from \
    them with alloc-ranges
    """
  static let exceptions = "Regions whose alloc-ranges have nothing in common with the entries."
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_fdt_scan_reserved_mem"),
    .observed("a dynamic pool was placed inside /memreserve/ without a message"),
  ]
  static let good = [
    Example(
      """
      /memreserve/ 0x7f000000 0x1000000;
      &reserved {
        scratch {
          size = <0x0 0x100000>;
          alloc-ranges = <0x0 0x50000000 0x0 0x1000000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      /memreserve/ 0x7f000000 0x1000000;
      &reserved {
        scratch {  // finding
          size = <0x0 0x100000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let entries = view.addressMap.claims(.memoryReservation)
    guard let first = entries.first else { return }
    let reserved = RangeSet(entries.map(\.range))
    for region in view.regions {
      guard let dynamic = region.dynamic else { continue }
      guard dynamic.ranges.isEmpty || dynamic.ranges.contains(where: reserved.overlaps) else {
        continue
      }
      report(
        "the kernel may place the region over the memory reservation block", at: .node(region.node),
        expected: "reg, or alloc-ranges away from the entries",
        related: [Party("reserves \(first.range)", at: .claim(first))])
    }
  }
}
