import DeviceTree
import Diagnostics
import GuestView

/// The unit address is the first address of `reg`.
enum UnitAddressDiffers: Rule {
  static let id = "structure/unit-address-differs"
  static let severity = Severity.warning
  static let summary = "the unit address is not the first address of reg"
  static let rationale = """
    Linux takes the address from reg, people and tools take it from the name. One of the two is not \
    where the device is.
    """
  static let consequence = "the guest uses the address in reg"
  static let help = "make the unit address and the first address of reg the same"
  static let exceptions = """
    Disabled nodes, children of buses whose addresses are no memory addresses, PCI hosts, and regions of \
    /reserved-memory, which have a rule of their own.
    """
  static let sources = [
    Source.devicetree("2.2.1.1"),
    .linux("drivers/of/device.c", "of_device_make_bus_id"),
  ]
  static let alsoKnownAs = ["dtc: simple_bus_reg"]
  static let silencedBy: [any Rule.Type] = [
    HostWithoutDeviceType.self, NodeNameFormat.self, NoWindow.self, RegLength.self,
    WindowOverMemory.self, WindowOverlap.self,
  ]
  static let good = [
    Example(
      """
      / {
        bus {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          rtc@9010000 {
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        bus {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          rtc@9020000 {  // finding
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let isMemoryBus = UnitAddress.memoryBuses(in: view)
    for property in view.enabledProperties(named: "reg") {
      let index = view.tree.node(ofPropertyAt: property.index)
      guard UnitAddress.exists(inNodeAt: index, of: view.tree),
        let bus = view.tree.parent(ofNodeAt: index), isMemoryBus[bus]
      else { continue }
      let cells = view.cells(of: view.tree.nodes[bus]).address
      if (1...2).contains(cells), let address = property.number(at: 0, cells: cells),
        UnitAddress.isPlainly(address, inNodeAt: index, of: view.tree)
      {
        continue
      }
      let node = property.node
      guard !view.isPCI(node),
        let unit = node.unitAddress, let expected = UnitAddress.text(of: node, view)
      else { continue }
      // Zeros in front and large letters are another matter.
      guard !UnitAddress.isSame(unit, expected), !UnitAddress.listsCells(unit, of: node, view)
      else { continue }
      report(
        "the unit address is not the first address of reg", at: .node(node), found: "@\(unit)",
        expected: "@\(expected)", related: [Party("has another address", at: .property(property))])
    }
  }
}
