import DeviceTree
import Diagnostics
import GuestView

/// A reference has all the cells that its provider asks for.
enum ReferenceCutShort: Rule {
  static let id = "structure/reference-cut-short"
  static let severity = Severity.error
  static let summary = "a list of references ends in the middle of one"
  static let rationale = """
    Behind each phandle stand as many cells as the provider says. If one has too many or too few, \
    everything behind it is read at the wrong place, until the list ends in the middle of a \
    reference.
    """
  static let consequence = "the driver of the device gets an error for the last reference"
  static let logExample: String? = "Warning: unable to open an initial console."
  static let help = "give each reference as many cells as its provider says"
  static let exceptions = """
    Disabled nodes; references to IOMMUs and MSI controllers, which have rules of their own.
    """
  static let sources = [
    Source.devicetree("2.3.3"),
    .linux("drivers/of/base.c", "of_phandle_iterator_next"),
  ]
  static let alsoKnownAs = ["dtc: clocks_property"]
  static let silencedBy: [any Rule.Type] = [DanglingMemoryRegion.self, MalformedMemoryRegion.self]
  static let good = [
    Example(
      """
      / {
        clocks-2 {
          compatible = "example,clocks";
          #clock-cells = <1>;
          phandle = <0x200>;
        };
      };
      &serial {
        clocks = <0x200 1>, <&clock>;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        clocks-2 {
          compatible = "example,clocks";
          #clock-cells = <1>;
          phandle = <0x200>;
        };
      };
      &serial {
        clocks = <&clock>, <0x200>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for (property, fault, kind) in report.shared.references.faults {
      switch fault {
      case .cutShort(let cell, let target, let needed):
        let left = property.cellCount - cell - 1
        report(
          "the list ends in the middle of a reference",
          at: .cells(property, cell..<(cell + 1), "\(kind.name)"),
          found: "\(left) cells behind the phandle", expected: "\(needed)",
          related: [Party("says how many cells", at: .node(target))])
      case .untidy:
        report(
          "the list is not a whole number of cells", at: .property(property),
          found: "\(property.count) bytes", expected: "a multiple of 4 bytes")
      case .dangling, .notProvider: break
      }
    }
  }
}
