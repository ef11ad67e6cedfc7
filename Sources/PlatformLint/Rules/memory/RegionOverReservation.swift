import DeviceTree
import Diagnostics
import GuestView

/// A pool or an unmapped region must not meet an entry of `/memreserve/`.
enum RegionOverReservation: Rule {
  static let id = "memory/region-over-reservation"
  static let severity = Severity.error
  static let summary = "a reserved region overlaps an entry of /memreserve/"
  static let rationale = """
    The kernel handles the memory reservation block last, and reserving memory twice succeeds \
    without a word. If the entry stands for something of its own, a pool zeroes it; if it repeats a \
    region with no-map, the range is both kept and left out of the linear map.
    """
  static let consequence = "two owners use the same memory, and nothing says so"
  static let help = "reserve each range once, in reserved-memory"
  static let exceptions = """
    Mapped regions that are no pools: reserving those twice is harmless. Under UEFI the boot stub \
    deletes the memory reservation block.
    """
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_fdt_scan_reserved_mem"),
    .linux("drivers/of/of_reserved_mem.c", "early_init_dt_reserve_memory"),
  ]
  static let good = [
    Example(
      """
      /memreserve/ 0x60000000 0x10000;
      """)
  ]
  static let bad = [
    Example(
      """
      /memreserve/ 0x5f000000 0x10000;
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;  // finding
      };
      """),
    Example(
      """
      /memreserve/ 0x60000000 0x10000;
      &reserved {
        firmware@60000000 {
          reg = <0x0 0x60000000 0x0 0x10000>;  // finding
          no-map;
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let reserved = view.reservedMemory, reserved.rejection != .cellsDiffer else { return }
    let claims = view.addressMap.claims(.reservedRegion, .memoryReservation)
    for (first, second) in Overlaps.pairs(among: claims, by: \.range) {
      guard first.kind != second.kind else { continue }
      let (claim, entry) = first.kind == .reservedRegion ? (first, second) : (second, first)
      guard let node = claim.node, let region = reserved.region(of: node),
        region.kind != .plain || region.isUnmapped
      else { continue }
      report(
        "the region overlaps an entry of the memory reservation block", at: .claim(claim),
        found: "\(claim.range)", expected: "nothing in common with \(entry.range)",
        related: [Party("reserves \(entry.range)", at: .claim(entry))],
        severity: claim.range == entry.range && !region.isUnmapped ? .warning : nil)
    }
  }
}
