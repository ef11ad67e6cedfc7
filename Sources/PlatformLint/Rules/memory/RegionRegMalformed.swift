import DeviceTree
import Diagnostics
import GuestView

/// The `reg` of a region must be whole (address, size) pairs of the root's cells.
enum RegionRegMalformed: Rule {
  static let id = "memory/region-reg-malformed"
  static let severity = Severity.error
  static let summary = "the reg of a reserved region is no whole number of pairs"
  static let rationale = """
    A reg whose length does not fit the root's cell counts can not be read, and the kernel skips \
    the region.
    """
  static let consequence = """
    the region is not reserved; a pool does not exist, and devices that refer to it use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: Reserved memory: invalid reg property in '<node>', skipping node."
  static let help = "write the address and the size with the cells that the root states"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_reserve_reg")
  ]
  static let alsoKnownAs = ["dtc: reg_format"]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        reg = <0x5f000000 0x0 0x800000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cells = view.cells(of: view.tree.root)
    for region in view.regions {
      guard let reg = region.node.property("reg"), region.range == nil,
        region.refusal == .malformedReg || region.refusal == .nodeIgnored,
        reg.count > 0
      else { continue }
      if reg.count % (4 * cells.entry) != 0 {
        report(
          "reg is no whole number of (address, size) pairs", at: .property(reg),
          found: "\(reg.count) bytes", expected: "a multiple of \(4 * cells.entry) bytes")
      } else if reg.number(at: cells.address, cells: cells.size) != 0 {
        report("the region does not fit into 64 bits of addresses", at: .property(reg))
      }
    }
  }
}
