import DeviceTree
import Diagnostics
import GuestView

/// A node with a unit address has `reg` or `ranges` to show for it.
enum UnitAddressWithoutReg: Rule {
  static let id = "structure/unit-address-without-reg"
  static let severity = Severity.warning
  static let summary = "a node has a unit address but neither reg nor ranges"
  static let rationale = """
    The unit address repeats the first address of reg. Without reg it says where a device should \
    be, and nothing makes it so.
    """
  static let consequence = "the node has no address; a driver that needs one does not bind"
  static let logExample: String? = "virtio-mmio <device>: error -22: invalid resource (null)"
  static let help = "add reg, or take the unit address out of the name"
  static let exceptions = """
    Disabled nodes, a name with an @ and nothing behind it, CPUs, and regions of /reserved-memory whose \
    place the kernel chooses.
    """
  static let sources = [
    Source.devicetree("2.2.1.1")
  ]
  static let alsoKnownAs = ["dtc: unit_address_vs_reg"]
  static let silencedBy: [any Rule.Type] = [
    APLICMalformed.self, IMSICMalformed.self, ITSMalformed.self, NoWindow.self, NodeNameFormat.self,
    PLICMalformed.self, RegionWithoutExtent.self,
  ]
  static let good = [
    Example(
      """
      / {
        clock-24 {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        clock@24 {  // finding
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var hasRegister = [Bool](repeating: false, count: view.tree.nodeCount)
    for name in ["reg", "ranges"] {
      for property in view.enabledProperties(named: name) {
        hasRegister[view.tree.node(ofPropertyAt: property.index)] = true
      }
    }
    for index in UnitAddress.positions(in: view) where !hasRegister[index] {
      let node = view.tree.nodes[index]
      guard !node.has("linux,usable-memory"),
        !(node.parent?.isNamed("cpus") ?? false),
        !(node.has("size") && node.parent == view.reservedMemory?.node)
      else {
        continue
      }
      report(
        "the node has a unit address but neither reg nor ranges", at: .node(node),
        found: node.unitAddress.map { "@\($0)" })
    }
  }
}
