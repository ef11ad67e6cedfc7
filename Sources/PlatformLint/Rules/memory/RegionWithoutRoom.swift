import DeviceTree
import Diagnostics
import GuestView

/// There must be memory in which a dynamic region fits.
enum RegionWithoutRoom: Rule {
  static let id = "memory/region-without-room"
  static let severity = Severity.error
  static let summary = "no memory is large enough for a dynamic region"
  static let rationale = """
    The kernel looks for room in memory, inside one of alloc-ranges where there are any, and from a \
    multiple of alignment on. A region that fits no candidate is not made.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: failed to allocate memory for node '<node>'"
  static let help =
    "make the region or its alignment smaller, or let alloc-ranges cover enough of memory"
  static let exceptions = "What else is reserved inside a candidate is not taken into account."
  static let sources = [
    Source.linux(
      "drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size", "__reserved_mem_alloc_in_range"),
    Source.linux("mm/memblock.c", "memblock_find_in_range_node"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x10000000>;
        };
      };
      """),
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x800000>;
          alignment = <0x0 0x10000000>;
        };
      };
      """),
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
    Example(
      """
      &reserved {
        scratch {
          size = <0x0 0x800000>;
          alignment = <0x1 0x0>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let banks = view.memorySet.ranges
    guard !banks.isEmpty else { return }
    for region in view.regions {
      guard let dynamic = region.dynamic, let size = region.node.property("size") else { continue }
      let candidates =
        dynamic.ranges.isEmpty
        ? banks : dynamic.ranges.flatMap { range in banks.compactMap(range.intersection) }
      let room = candidates.map(\.size).max() ?? 0
      guard room >= UInt128(dynamic.size) else {
        report(
          "no memory is large enough for the region", at: .property(size),
          found: ByteText.hexAndSize(dynamic.size),
          expected: "at most \(ByteText.hexAndSize(room))")
        continue
      }
      // Rounding to what is no power of two means nothing.
      guard let alignment = dynamic.alignment, alignment.nonzeroBitCount == 1,
        let property = region.node.property("alignment")
      else { continue }
      let alignedRoom = candidates.map { $0.room(alignedTo: alignment) }.max() ?? 0
      guard alignedRoom < UInt128(dynamic.size) else { continue }
      report(
        "no memory has room for the region from a multiple of its alignment on",
        at: .property(property), found: ByteText.hexAndSize(alignment),
        expected: alignedRoom == 0
          ? "an alignment of which a multiple is in memory"
          : "at most \(ByteText.hexAndSize(alignedRoom)) of size, or less alignment")
    }
  }
}

extension AddressRange {
  /// What is left of the range behind its first multiple of `alignment`.
  fileprivate func room(alignedTo alignment: UInt64) -> UInt128 {
    let step = UInt128(alignment)
    let start = (UInt128(first) + step - 1) / step * step
    let end = UInt128(last) + 1
    return end > start ? end - start : 0
  }
}
