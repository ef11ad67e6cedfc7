import DeviceTree
import Diagnostics
import GuestView

/// A phandle is one cell, neither 0 nor all ones, and said once.
enum PhandleInvalid: Rule {
  static let id = "structure/phandle-invalid"
  static let severity = Severity.warning
  static let summary = "the phandle of a node can not be one"
  static let rationale = """
    A phandle is one cell. The values 0 and 0xffffffff stand for no node, so that nothing can refer \
    to a node that has them; and of a phandle and a linux,phandle that differ only one counts.
    """
  static let consequence = "references to the node lead nowhere, or to another node"
  static let help = "let labels stand for phandles, and let the compiler choose the numbers"
  static let sources = [
    Source.devicetree("2.3.3"),
    .linux("drivers/of/base.c", "of_find_node_by_phandle"),
    .linux("drivers/of/fdt.c", "populate_properties"),
  ]
  static let alsoKnownAs = ["dtc: explicit_phandles"]
  static let good = [
    Example(
      """
      &disk {
        phandle = <0x100>;
        linux,phandle = <0x100>;
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
        clock {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
          phandle = <0x0>;  // finding
        };
      };
      """),
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
        clock {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
          phandle = <0x100 0x101>;  // finding
        };
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in ["phandle", "linux,phandle"] {
      for property in view.properties(named: name) where !view.isBookkeeping(property.node) {
        guard let value = property.u32 else {
          report(
            "the phandle is not one cell", at: .property(property),
            found: "\(property.count) bytes",
            expected: "4 bytes")
          continue
        }
        if value == 0 || value == .max {
          report(
            "no node can have this phandle", at: .property(property), found: ByteText.hex(value),
            expected: "1 to 0xfffffffe")
        } else if name == "linux,phandle", let other = property.node.property("phandle"),
          let first = other.u32, first != value
        {
          report(
            "the node has two different phandles", at: .property(property),
            found: ByteText.hex(value), expected: ByteText.hex(first),
            related: [Party("gives the other one", at: .property(other))])
        }
      }
    }
  }
}
