import DeviceTree
import Diagnostics
import GuestView

/// The name of a property is made of letters, digits and a few signs.
enum PropertyNameCharacters: Rule {
  static let id = "structure/property-name-characters"
  static let severity = Severity.warning
  static let summary = "the name of a property holds a character that no name may"
  static let rationale = """
    The name becomes a file below /proc/device-tree. No driver asks for a name with such a \
    character, so that the property has no effect, and tools that read device tree source can not \
    write it down.
    """
  static let consequence = "no driver finds the property"
  static let help = "use letters, digits and , . _ + * # ? - in the name"
  static let sources = [
    Source.devicetree("2.2.4.1")
  ]
  static let alsoKnownAs = ["dtc: property_name_chars"]
  static let good = [
    Example(
      """
      &disk {
        example,label* = "first disk";
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
          label@1 = "first";  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Every name is looked at once, and only those that are wrong are looked up.
    let bytes = view.tree.bytes
    for number in 0..<view.tree.propertyNames.count {
      let name = view.tree.propertyNames.byteRange(of: number)
      let byte = NameCharacters.firstForeign(inPropertyNameAt: name, of: bytes.span)
      guard byte != nil || name.isEmpty else { continue }
      for property in view.propertyIndex.properties(nameNumber: number)
      where !view.isBookkeeping(property.node) {
        report(
          byte.map { "the name holds \(NameCharacters.text(of: $0))" } ?? "the name is empty",
          at: .property(property), expected: "letters, digits and , . _ + * # ? -")
      }
    }
  }
}
