import DeviceTree
import Diagnostics
import GuestView

/// A property that counts cells is one cell with a small number.
enum CellsMalformed: Rule {
  static let id = "structure/cells-malformed"
  static let severity = Severity.warning
  static let summary = "a property that counts cells is not one small number"
  static let rationale = """
    Properties such as #address-cells and #interrupt-cells tell how the numbers of other nodes are \
    to be read. Each is one cell. Linux reads no address of more than four cells, and no reference \
    with more than 16 arguments.
    """
  static let consequence = "the numbers that depend on it are read wrongly, or not at all"
  static let help = "make the property one cell with the number of the binding"
  static let sources = [
    Source.devicetree("2.3.5"),
    .linux("drivers/of/address.c", "OF_CHECK_ADDR_COUNT"),
    .linux("include/linux/of.h", "MAX_PHANDLE_ARGS"),
  ]
  static let alsoKnownAs = ["dtc: resets_is_cell"]
  static let good = [
    Example(
      """
      &clock {
        #reset-cells = <1>;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &clock {
        #reset-cells = <1 0>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let names = view.propertyIndex.nameNumbers(endingIn: "-cells").map(view.tree.propertyName)
    for name in names where name.hasPrefix("#") {
      let isAddress = name == "#address-cells" || name == "#size-cells"
      let most: UInt32 = isAddress ? 4 : 16
      for property in view.properties(named: name)
      where property.count != 4 || property.u32 ?? 0 > most {
        if view.isBookkeeping(property.node) { continue }
        if property.count != 4 {
          report(
            "\(name) is not one cell", at: .property(property), found: "\(property.count) bytes",
            expected: "4 bytes", severity: property.count < 4 ? .error : nil)
        } else if let value = property.u32, value > most {
          report(
            "\(name) is more than the kernel reads", at: .property(property), found: "\(value)",
            expected: "at most \(most)", severity: .error)
        }
      }
    }
  }
}
