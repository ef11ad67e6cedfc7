import DeviceTree
import Diagnostics
import GuestView

/// The kernel notes at most 64 dynamic regions.
enum TooManyDynamicRegions: Rule {
  static let id = "memory/too-many-dynamic-regions"
  static let severity = Severity.error
  static let summary = "there are more than 64 dynamic regions"
  static let rationale = """
    The kernel notes the regions for which it has to find room in a table of 64 entries, in the \
    order of the tree, and drops the rest. Regions with reg do not count.
    """
  static let consequence = """
    the region does not exist; a pool does not either, and devices that refer to it use all of memory
    """
  static let logLine: String? = "OF: reserved mem: too many defined dynamic regions, skip '<node>'"
  static let help = "give some of the regions a reg"
  static let sources = [
    Source.linux("drivers/of/of_private.h", "MAX_RESERVED_REGIONS"),
    .linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
    .observed("the 65th dynamic region is dropped, 71 fixed ones are not"),
  ]
  static let good = [Example(regions(count: 63))]
  static let bad = [Example(regions(count: 65, mark: "  // finding"))]

  private static func regions(count: Int, mark: String = "") -> String {
    let nodes = (1...count).map { index in
      "  scratch-\(index) {\(index == 65 ? mark : "")\n    size = <0x0 0x1000>;\n  };"
    }
    return "&reserved {\n" + nodes.joined(separator: "\n") + "\n};"
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where region.refusal == .tooManyDynamic {
      report(
        "the kernel has no room to note this dynamic region", at: .node(region.node),
        expected: "at most \(ReservedMemory.maximumDynamicRegions) regions without reg")
    }
  }
}
