import DeviceTree
import Diagnostics
import GuestView

/// There must be memory in which a dynamic region fits.
enum RegionWithoutRoom: Rule {
  static let id = "memory/region-without-room"
  static let severity = Severity.error
  static let summary = "no memory is large enough for a dynamic region"
  static let rationale = """
    The kernel looks for room in memory, inside one of alloc-ranges where there are any. A region \
    that is larger than every candidate is not made.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: failed to allocate memory for node '<node>'"
  static let help = "make the region smaller, or let alloc-ranges cover enough of memory"
  static let exceptions = "What else is reserved inside a candidate is not taken into account."
  static let sources = [
    Source.linux(
      "drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size", "__reserved_mem_alloc_in_range")
  ]
  static let good = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x10000000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x80000000>;  // finding
        };
      };
      """),
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x100000>;  // finding
          alloc-ranges = <0x0 0x10000000 0x0 0x10000000>;
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let largest = view.memorySet.ranges.map(\.size).max() else { return }
    for region in view.regions {
      guard let dynamic = region.dynamic, let size = region.node.property("size") else { continue }
      let wanted = UInt128(dynamic.size)
      var room = largest
      if !dynamic.ranges.isEmpty {
        // One bank holds a range of any use; a range that spans banks has the room of the larger.
        room =
          dynamic.ranges.map { range in
            view.memorySet.contains(range)
              ? range.size : view.memorySet.overlaps(range) ? min(largest, range.size) : 0
          }.max() ?? 0
      }
      guard room < wanted else { continue }
      report(
        "no memory is large enough for the region", at: .property(size),
        found: ByteText.hexAndSize(dynamic.size), expected: "at most \(ByteText.hexAndSize(room))")
    }
  }
}
