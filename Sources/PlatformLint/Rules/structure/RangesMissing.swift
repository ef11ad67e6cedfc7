import DeviceTree
import Diagnostics
import GuestView

/// A bus whose children have addresses needs `ranges`.
enum RangesMissing: Rule {
  static let id = "structure/ranges-missing"
  static let severity = Severity.error
  static let summary = "a bus whose children have registers has no ranges"
  static let rationale = """
    Without ranges nothing below a bus can be reached by the CPU, by definition. An empty \
    property says that the addresses are the same on both sides. A GIC is such a bus for its ITS \
    and its MSI frames.
    """
  static let consequence = "the devices on the bus have no registers, and do not come up"
  static let logExample: String? = "virtio-mmio <device>: error -22: invalid resource (null)"
  static let help = "add an empty ranges property to the bus"
  static let exceptions = """
    Children of a simple-mfd, whose drivers take the address for an offset; buses of other kinds \
    than simple-bus and a GIC.
    """
  static let sources = [
    Source.devicetree("2.3.8"),
    .linux("drivers/of/address.c", "__of_translate_address"),
    .linux("drivers/of/platform.c", "of_amba_device_create"),
    .linux("drivers/irqchip/irq-gic-v3-its.c", "its_of_probe"),
    .observed("a virtio-mmio device: error -22: invalid resource (null)"),
    .observed("a GIC without ranges: its: no regs?, and No ITS available, not enabling LPIs"),
  ]
  static let silencedBy: [any Rule.Type] = [BusWithoutRanges.self]
  static let good = [
    Example(
      in: .pci,
      """
      &gic {
        ranges;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &gic {  // finding
        /delete-property/ ranges;
      };
      """),
    Example(
      """
      / {
        bus {  // finding
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          rtc@9010000 {
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let ranges = view.properties(named: "ranges")
    // In the order of the tree; looked up by the bus, never walked.
    var buses: [(bus: FlattenedTree.Node, children: [FlattenedTree.Node])] = []
    var known: [Int: Int] = [:]
    for property in view.enabledProperties(named: "reg") {
      let index = view.tree.node(ofPropertyAt: property.index)
      guard let parent = view.tree.parent(ofNodeAt: index), parent > 0,
        ranges.position(ofNodeAt: parent) == nil
      else { continue }
      let (node, bus) = (property.node, view.tree.nodes[parent])
      guard view.cells(of: bus).isTranslatable, needsAddress(node, on: bus, view) else { continue }
      if let position = known[parent] {
        buses[position].children.append(node)
      } else {
        known[parent] = buses.count
        buses.append((bus, [node]))
      }
    }
    for (bus, children) in buses {
      report(
        "the bus has no ranges", at: .node(bus), expected: "an empty ranges property",
        related: children.prefix(4).map { Party("can not be reached", at: .node($0)) })
    }
  }

  /// Whether the driver of `node` maps its registers by their address, as far as is known.
  private static func needsAddress(
    _ node: FlattenedTree.Node, on bus: FlattenedTree.Node, _ view: GuestView
  ) -> Bool {
    if node.isCompatible("arm,gic-v3-its") || node.isCompatible("arm,gic-v2m-frame") { return true }
    // Children of a simple-mfd share its registers, and take their address for an offset.
    return view.isInstantiated(node) && !view.isPCI(node) && bus.isCompatible("simple-bus")
      && !bus.isCompatible("simple-mfd")
  }
}
