import DeviceTree
import Diagnostics
import GuestView

/// A `name` property repeats the name of its node.
enum NamePropertyDiffers: Rule {
  static let id = "structure/name-property-differs"
  static let severity = Severity.warning
  static let summary = "the name property is not the name of the node"
  static let rationale = """
    Old trees repeat the base name of each node in a property. Where there is one, Linux takes the \
    name of the node from it, and drivers that look for a child by its name find, or miss, the \
    wrong node.
    """
  static let consequence = "Linux calls the node by the property"
  static let help = "leave name out"
  static let sources = [
    Source.devicetree("2.3.10"),
    .linux("drivers/of/fdt.c", "populate_properties"),
  ]
  static let alsoKnownAs = ["dtc: name_properties"]
  static let good = [
    Example(
      """
      &disk {
        name = "virtio";
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
          name = "watch";  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.properties(named: "name") where !view.isBookkeeping(property.node) {
      let node = property.node
      // In /aliases it is an alias that is called so.
      guard node.path != "/aliases", !property.isString(node.baseName) else { continue }
      report(
        "name is not the name of the node", at: .property(property),
        found: property.string.map { "\"\($0)\"" } ?? "\(property.count) bytes",
        expected: "\"\(node.baseName)\"")
    }
  }
}
