import DeviceTree
import Diagnostics
import GuestView

/// The root states the cells that its children were written with.
enum RootCellsWrong: Rule {
  static let id = "structure/root-cells-wrong"
  static let severity = Severity.error
  static let summary = "the root states other cells than every address in the tree was written with"
  static let rationale = """
    The #address-cells and #size-cells of the root say how memory, reserved regions and devices are read. \
    Where no reg of the root's children fits them, and all fit other ones, down to the addresses in their \
    names, it is the root that is wrong.
    """
  static let consequence = """
    the kernel reads another memory than there is and stops before it can print anything
    """
  static let help = "state the cells with which the tree was written, 2 and 2 for most"
  static let exceptions = """
    Trees of which fewer than three children of the root have an address, or of which one fits. \
    Everything else is checked as it was meant.
    """
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_root", "early_init_dt_scan_memory"),
    .devicetree("2.3.5"),
    .observed("the boot hangs without a line"),
  ]
  static let good = [example(2)]
  static let bad = [example(1, "  // finding")]

  private static func example(_ cells: Int, _ marker: String = "") -> Example {
    Example(
      """
      / {
        #address-cells = <\(cells)>;\(marker)
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let misread = view.misreadRoot else { return }
    let root = view.tree.root
    let address = root.property("#address-cells")
    let size = root.property("#size-cells")
    let wrong = misread.stated.address != misread.meant.address ? address : size
    report(
      wrong == nil
        ? "the root does not state the cells of its children"
        : "nothing below the root was written with these cells",
      at: wrong.map(Spot.property) ?? .node(root),
      found: "\(misread.stated.address) and \(misread.stated.size)",
      expected: "\(misread.meant.address) and \(misread.meant.size), "
        + "with which \(misread.count) children have the address in their name",
      related: [Party("was written with other cells", at: .node(misread.example))])
  }
}
