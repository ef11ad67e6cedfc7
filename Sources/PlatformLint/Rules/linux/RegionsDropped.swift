import DeviceTree
import Diagnostics
import GuestView

/// Older kernels note 64 regions in all.
enum RegionsDropped: TargetRule {
  static let id = "linux/regions-dropped"
  static let profile: TargetName? = .linux
  static let before: GuestConfiguration.Version? = GuestConfiguration.Version(6, 12)
  static let severity = Severity.error
  static let summary = "a kernel before 6.12 notes at most 64 regions"
  static let rationale = """
    All children of /reserved-memory go into one table of 64 entries, in the order of the tree. What is behind is \
    reserved where it has a reg, and known to nobody; later kernels have a table of the size that they need.
    """
  static let consequence =
    "no device gets the regions behind the 64th; those that refer to them use all of memory"
  static let logLine: String? = "OF: reserved mem: not enough space for all defined regions."
  static let help = "merge regions that have the same owner"
  static let sources = [
    Source.program(
      "Linux 6.1.176",
      "drivers/of/of_reserved_mem.c, fdt_reserved_mem_save_node, MAX_RESERVED_REGIONS"),
    .observed("of 71 regions with reg none is dropped"),
  ]
  static let good = [Example(regions(count: 63))]
  static let bad = [Example(regions(count: 64, mark: "  // finding"))]

  private static func regions(count: Int, mark: String = "") -> String {
    let nodes = (0..<count).map { index in
      let address = String(0x6000_0000 + index * 0x1000, radix: 16)
      return "  keep@\(address) {\n    reg = <0x0 0x\(address) 0x0 0x1000>;\n  };"
    }
    return "&{/reserved-memory} {\(mark)\n" + nodes.joined(separator: "\n") + "\n};"
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let node = view.reservedMemory?.node, view.regions.count > 64 else { return }
    report(
      "this kernel drops the regions behind the 64th", at: .node(node),
      found: "\(view.regions.count) regions", expected: "at most 64",
      related: [Party("is the first that is dropped", at: .node(view.regions[64].node))])
  }
}
