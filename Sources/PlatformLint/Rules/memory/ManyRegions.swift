import DeviceTree
import Diagnostics
import GuestView

/// Some kernels note at most 64 regions of any kind.
enum ManyRegions: Rule {
  static let id = "memory/many-regions"
  static let severity = Severity.warning
  static let summary = "there are more than 64 reserved regions"
  static let rationale = """
    Kernels that keep all regions in one table of 64 entries drop the rest, fixed ones included. \
    Newer ones count only the regions for which they have to find room.
    """
  static let consequence = """
    on an older kernel the regions behind the 64th are reserved but unknown, and no device can use \
    them
    """
  static let logLine: String? = "OF: reserved mem: not enough space for all defined regions."
  static let help = "merge regions that have the same owner"
  static let exceptions = "Trees with too many dynamic regions, of which every kernel drops some."
  static let silencedBy: [any Rule.Type] = [RegionsDropped.self]
  static let sources = [
    Source.linux("drivers/of/of_private.h", "MAX_RESERVED_REGIONS"),
    .linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
  ]
  static let good = [
    Example(regions(count: 63))
  ]
  static let bad = [
    Example(regions(count: 64, mark: "  // finding"))
  ]

  private static func regions(count: Int, mark: String = "") -> String {
    let nodes = (0..<count).map { index in
      let address = String(0x6000_0000 + index * 0x1000, radix: 16)
      return "  keep@\(address) {\n    reg = <0x0 0x\(address) 0x0 0x1000>;\n  };"
    }
    return "&{/reserved-memory} {\(mark)\n" + nodes.joined(separator: "\n") + "\n};"
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let node = view.reservedMemory?.node,
      view.regions.count > ReservedMemory.maximumDynamicRegions,
      !view.regions.contains(where: { $0.refusal == .tooManyDynamic })
    else { return }
    report(
      "there are more regions than some kernels note", at: .node(node),
      found: "\(view.regions.count) regions",
      expected: "at most \(ReservedMemory.maximumDynamicRegions)")
  }
}
