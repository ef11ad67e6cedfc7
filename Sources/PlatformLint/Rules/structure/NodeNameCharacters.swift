import DeviceTree
import Diagnostics
import GuestView

/// The name of a node is made of letters, digits and a few signs.
enum NodeNameCharacters: Rule {
  static let id = "structure/node-name-characters"
  static let severity = Severity.warning
  static let summary = "the name of a node holds a character that no name may"
  static let rationale = """
    The name becomes part of a path, a directory below /proc/device-tree and often the name of the \
    device. Tools that read device tree source can not write such a node down.
    """
  static let consequence = """
    Linux takes the node as it is; tools that edit or print the tree refuse it
    """
  static let help = "use letters, digits and , . _ + - in the name"
  static let sources = [
    Source.devicetree("2.2.1"),
    .linux("drivers/of/kobj.c", "safe_name"),
  ]
  static let alsoKnownAs = ["dtc: node_name_chars"]
  static let good = [
    Example(
      """
      / {
        clock-24.0_MHz {
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
        clock#1 {  // finding
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let bytes = view.tree.bytes
    for index in view.tree.nodes.indices {
      let name = view.tree.nameByteRange(ofNodeAt: index)
      guard let byte = NameCharacters.firstForeign(inNodeNameAt: name, of: bytes.span) else {
        continue
      }
      report(
        "the name holds \(NameCharacters.text(of: byte))", at: .node(view.tree.nodes[index]),
        expected: "letters, digits and , . _ + - @")
    }
  }
}
