import DeviceTree
import Diagnostics
import GuestView

/// Two reserved regions must not share an address.
enum RegionOverlap: Rule {
  static let id = "memory/region-overlap"
  static let severity = Severity.error
  static let summary = "two reserved regions overlap"
  static let rationale = """
    The kernel sorts the regions and compares neighbours, says that two overlap, and carries on \
    with both; a region inside a larger one that is not its neighbour goes unnoticed. A pool is \
    zeroed when its first device attaches, whoever else uses those bytes.
    """
  static let consequence = "both owners use the same memory, and what one writes corrupts the other"
  static let logLine: String? = "OF: reserved mem: OVERLAP DETECTED!"
  static let help = "move one of the regions, or make them one"
  static let exceptions = """
    Disabled regions, and dynamic ones, for which the kernel finds room that is free.
    """
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__rmem_check_for_overlap"),
    .observed("two pools that overlap: both attach, then the second device hangs"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        firmware@5f800000 {
          reg = <0x0 0x5f800000 0x0 0x100000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        firmware@5f700000 {
          reg = <0x0 0x5f700000 0x0 0x200000>;  // finding
        };
      };
      """),
    Example(
      """
      &reserved {
        framebuffer@50000000 {
          reg = <0x0 0x50000000 0x0 0x2000000>;
        };
        log@50000000 {
          reg = <0x0 0x50000000 0x0 0x10000>;  // finding
        };
        firmware@51000000 {
          reg = <0x0 0x51000000 0x0 0x100000>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard view.reservedMemory?.rejection != .cellsDiffer else { return }
    let claims = view.addressMap.claims(.reservedRegion)
    for (first, second) in Overlaps.pairs(among: claims, by: \.range) {
      guard first.node != second.node,
        let shared = first.range.intersection(second.range)
      else { continue }
      let same = first.range == second.range
      report(
        same
          ? "the region is also \(first.owner)"
          : "the region overlaps \(first.owner)",
        at: .claim(second), found: "\(second.range)",
        expected: same ? "one node for one range" : "nothing in common; they share \(shared)",
        related: [Party("reserves \(first.range)", at: .claim(first))])
    }
  }
}
