import DeviceTree
import Diagnostics
import GuestView

/// `ranges` and `dma-ranges` are made of whole entries.
enum RangesLength: Rule {
  static let id = "structure/ranges-length"
  static let severity = Severity.warning
  static let summary = "ranges or dma-ranges is not a whole number of entries"
  static let rationale = """
    An entry is an address on the bus, one on the bus above and a size, each in cells of its own. \
    Entries that were written for other cells translate to other addresses. An empty value maps the \
    bus one to one, which needs the same cells on both sides.
    """
  static let consequence = "the last entry is ignored, and those before it may be read wrongly"
  static let logExample: String? = "virtio-mmio <device>: error -22: invalid resource (null)"
  static let help = """
    write every entry with the address cells of the node, those of its parent, and the size cells \
    of the node
    """
  static let exceptions = "Disabled nodes, and PCI hosts whose cells are wrong."
  static let sources = [
    Source.devicetree("2.3.8"),
    .linux("drivers/of/address.c", "of_translate_one", "of_dma_get_range"),
  ]
  static let alsoKnownAs = ["dtc: ranges_format"]
  static let silencedBy: [any Rule.Type] = [ReservedCellsDiffer.self]
  static let good = [
    Example(
      """
      / {
        bus@b000000 {
          compatible = "simple-bus";
          #address-cells = <1>;
          #size-cells = <1>;
          ranges = <0x0 0x0 0xb000000 0x10000>;
          rtc@1000 {
            compatible = "google,goldfish-rtc";
            reg = <0x1000 0x1000>;
          };
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        bus@b000000 {
          compatible = "simple-bus";
          #address-cells = <1>;
          #size-cells = <1>;
          ranges = <0x0 0x0 0xb000000 0x10000 0x0>;  // finding
          rtc@1000 {
            compatible = "google,goldfish-rtc";
            reg = <0x1000 0x1000>;
          };
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in ["ranges", "dma-ranges"] {
      for property in view.enabledProperties(named: name) {
        check(property, name, view, &report)
      }
    }
  }

  private static func check(
    _ property: FlattenedTree.Property, _ name: String, _ view: GuestView,
    _ report: inout Reporter
  ) {
    let node = property.node
    guard let parent = node.parent else {
      report("the root has no bus above it", at: .property(property))
      return
    }
    let (child, above) = (view.cells(of: node), view.cells(of: parent))
    // Of a PCI host with other cells than three and two, the cells are what is wrong.
    guard !view.isPCI(node) || (child.address == 3 && child.size == 2) else { return }
    if property.count == 0 {
      guard child != above, node.children.first(where: { $0.has("reg") }) != nil else { return }
      report(
        "an empty \(name) maps between different cells", at: .property(property),
        found: "\(child.address) and \(child.size) cells below",
        expected: "\(above.address) and \(above.size) as above",
        related: [Party("has other cells", at: .node(parent))])
      return
    }
    let size = 4 * (child.address + above.address + child.size)
    guard size == 0 || property.count % size != 0 else { return }
    report(
      "\(name) is not a whole number of entries", at: .property(property),
      found: "\(property.count) bytes", expected: "a multiple of \(size) bytes",
      related: [Party("states the cells of the bus above", at: .node(parent))],
      severity: property.count < size && name == "ranges" ? .error : nil)
  }
}
