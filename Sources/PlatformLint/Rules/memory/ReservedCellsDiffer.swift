import DeviceTree
import Diagnostics
import GuestView

/// `/reserved-memory` must state the same cell counts as the root.
enum ReservedCellsDiffer: Rule {
  static let id = "memory/reserved-cells-differ"
  static let severity = Severity.error
  static let summary = "reserved-memory has other cell counts than the root"
  static let rationale = """
    The kernel reads reserved-memory before it knows about buses. It takes the root's cell counts \
    for everything in it, and insists that the node states the same ones itself.
    """
  static let consequence = """
    the whole node is dropped: nothing is reserved, no pool exists, and devices that refer to one \
    use all of memory
    """
  static let logLine: String? =
    "OF: reserved mem: Reserved memory: unsupported node format, ignoring"
  static let help = "give reserved-memory the #address-cells and #size-cells of the root"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_check_root"),
    .binding("reserved-memory/reserved-memory.yaml"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        #address-cells = <2>;
        #size-cells = <2>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        #address-cells = <1>;  // finding
      };
      """),
    Example(
      """
      &reserved {  // finding
        /delete-property/ #size-cells;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let reserved = view.reservedMemory, reserved.rejection == .cellsDiffer else { return }
    let root = view.cells(of: view.tree.root)
    for (name, expected) in [("#address-cells", root.address), ("#size-cells", root.size)] {
      guard let property = reserved.node.property(name) else {
        report(
          "\(name) is missing", at: .node(reserved.node), expected: "\(expected), as in the root")
        continue
      }
      guard property.cell(0).map(Int.init) != expected else { continue }
      report(
        "\(name) differs from the root's", at: .property(property),
        found: property.cell(0).map(String.init), expected: "\(expected)")
    }
  }
}
