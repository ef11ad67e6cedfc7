import DeviceTree
import Diagnostics
import GuestView

/// The name of a node is a base name, and perhaps one unit address behind an `@`.
enum NodeNameFormat: Rule {
  static let id = "structure/node-name-format"
  static let severity = Severity.warning
  static let summary = "the name of a node is not a base name with at most one unit address"
  static let rationale = """
    A path is taken apart at / and a name at @. A name without a base name, or with a second @, is \
    read differently by different programs.
    """
  static let consequence = "a look-up of the node by its path or base name may miss it"
  static let help = "name the node base-name@unit-address, or base-name alone"
  static let sources = [
    Source.devicetree("2.2.1.1"),
    .linux("drivers/of/base.c", "__of_find_node_by_path"),
  ]
  static let alsoKnownAs = ["dtc: node_name_format"]
  static let good = [
    Example(
      """
      / {
        clock-1 {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };

      """)
  ]
  // dtc resolves no reference in a tree with this fault, so the example has none.
  static let bad = [
    Example(
      in: .none,
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x10000000>;
        };
        clock@@ {  // finding
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let bytes = view.tree.bytes
    for index in view.tree.nodes.indices.dropFirst() {
      if view.tree.baseNameByteRange(ofNodeAt: index).isEmpty {
        report(
          "the node has no base name", at: .node(view.tree.nodes[index]),
          expected: "a name before @")
      } else if let unit = view.tree.unitAddressByteRange(ofNodeAt: index),
        bytes[unit].contains(UInt8(ascii: "@"))
      {
        report(
          "the name has more than one @", at: .node(view.tree.nodes[index]),
          expected: "at most one unit address")
      }
    }
  }
}
