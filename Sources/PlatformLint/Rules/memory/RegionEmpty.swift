import DeviceTree
import Diagnostics
import GuestView

/// A region needs a size other than 0.
enum RegionEmpty: Rule {
  static let id = "memory/region-empty"
  static let severity = Severity.error
  static let summary = "a reserved region has size 0"
  static let rationale = "The kernel registers no region of size 0, whatever else the node says."
  static let consequence = """
    the region does not exist: nothing is reserved, and devices that refer to it use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: Reserved memory: failed to reserve memory for node '<node>'"
  static let help = "give the region a size, or remove it together with the references to it"
  static let exceptions =
    "Vendor trees for hardware have such nodes as placeholders that firmware fills in."
  static let sources = [
    Source.linux(
      "drivers/of/of_reserved_mem.c", "__reserved_mem_reserve_reg",
      "fdt_scan_reserved_mem_reg_nodes")
  ]
  static let good = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x400000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x0>;  // finding
      };
      """),
    Example(
      """
      &reserved {
        spare {
          size = <0x0 0x0>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let cells = view.cells(of: view.tree.root)
    for region in view.regions where region.size == nil {
      if let reg = region.node.property("reg") {
        if reg.count == 0 {
          report("reg is empty", at: .property(reg))
        } else if reg.count % (4 * cells.entry) == 0,
          reg.number(at: cells.address, cells: cells.size) == 0
        {
          let size = cells.address..<cells.entry
          report("the size is 0", at: .cells(reg, size, "reg[0].size"), found: "0 bytes")
        }
      } else if let size = region.node.property("size"), size.count == 4 * cells.size,
        size.number(at: 0, cells: cells.size) == 0
      {
        report("the size is 0", at: .property(size), found: "0 bytes")
      }
    }
  }
}
