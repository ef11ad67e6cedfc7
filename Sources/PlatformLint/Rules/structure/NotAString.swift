import DeviceTree
import Diagnostics
import GuestView

/// What holds a text is one string.
enum NotAString: Rule {
  static let id = "structure/not-a-string"
  static let severity = Severity.warning
  static let summary = "a property that holds a text is not one string"
  static let rationale = """
    Strings end in a NUL. Linux refuses a value without one, and takes the first of several. A \
    status that is no string disables its node.
    """
  static let consequence = "the property is ignored, or only its first string counts"
  static let help = "write one string in double quotes"
  static let exceptions = "Properties whose names say nothing about their values."
  static let sources = [
    Source.devicetree("2.2.4.2"),
    .linux("drivers/of/property.c", "of_property_read_string"),
  ]
  static let alsoKnownAs = ["dtc: label_is_string", "dtc: status_is_string"]
  static let good = [
    Example(
      """
      &disk {
        label = "first disk";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        label = <0x31>;  // finding
      };

      """),
    Example(
      """
      &clock {
        status = "okay", "disabled";  // finding
      };

      """),
  ]

  private static let names = [
    "bootargs", "device_type", "label", "linux,stdout-path", "method", "model", "status",
    "stdout-path",
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for name in names {
      for property in view.properties(named: name) where !StringValue.isString(property) {
        if view.isBookkeeping(property.node) { continue }
        // A status without a value disables its node, which has a rule of its own.
        if property.count == 0, property.isNamed("status") { continue }
        let isList = StringValue.isList(property) && property.count > 0
        report(
          "\(name) is not one string", at: .property(property),
          found: isList ? "several strings" : "\(property.count) bytes", expected: "one string")
      }
    }
  }
}
