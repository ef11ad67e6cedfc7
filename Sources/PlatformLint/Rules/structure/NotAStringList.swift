import DeviceTree
import Diagnostics
import GuestView

/// What holds texts is a list of strings.
enum NotAStringList: Rule {
  static let id = "structure/not-a-string-list"
  static let severity = Severity.warning
  static let summary = "a property that holds texts is not a list of strings"
  static let rationale = """
    Every string of a list ends in a NUL. Linux does not find the last string of a list that lacks \
    it, and a driver that is chosen by compatible does not bind.
    """
  static let consequence = "the strings, or the last one, are not found"
  static let logExample: String? = "Warning: unable to open an initial console."
  static let help = "write strings in double quotes, with commas between them"
  static let sources = [
    Source.devicetree("2.2.4.2"),
    .linux("drivers/of/property.c", "of_property_match_string"),
  ]
  static let alsoKnownAs = ["dtc: names_is_string_list", "dtc: compatible_is_string_list"]
  static let good = [
    Example(
      """
      &serial {
        clock-names = "uartclk", "apb_pclk";
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        interrupt-names = <0x72>;  // finding
      };

      """),
    Example(
      """
      &clock {
        compatible = [66 69 78 65 64];  // finding
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let numbers = ["compatible", "enable-method"].compactMap(view.tree.number(ofPropertyName:))
    let names = numbers + view.propertyIndex.nameNumbers(endingIn: "-names")
    for name in names.sorted().map(view.tree.propertyName) {
      for property in view.properties(named: name) where !StringValue.isList(property) {
        if view.isBookkeeping(property.node) { continue }
        report(
          "\(name) does not end in a NUL", at: .property(property),
          found: "\(property.count) bytes",
          expected: "strings")
      }
    }
  }
}
