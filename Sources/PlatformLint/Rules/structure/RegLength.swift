import DeviceTree
import Diagnostics
import GuestView

/// `reg` is made of whole entries.
enum RegLength: Rule {
  static let id = "structure/reg-length"
  static let severity = Severity.warning
  static let summary = "reg is not a whole number of entries"
  static let rationale = """
    Each entry of reg is an address and a size, in the cells that the parent states. What is left \
    over, or was written for other cells, shifts everything that follows.
    """
  static let consequence = "the last entry is ignored, and those before it may be read wrongly"
  static let help = "write every address and size with as many cells as the parent states"
  static let exceptions =
    "Disabled nodes, and regions of /reserved-memory, which have rules of their own."
  static let sources = [
    Source.devicetree("2.3.6"),
    .linux("drivers/of/address.c", "__of_get_address"),
  ]
  static let alsoKnownAs = ["dtc: reg_format"]
  static let silencedBy: [any Rule.Type] = [
    RegionRegMalformed.self, NoWindow.self, RegionEmpty.self,
  ]
  static let good = [
    Example(
      """
      &clock {
        /delete-property/ reg;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      / {
        rtc@9010000 {
          compatible = "google,goldfish-rtc";
          reg = <0x0 0x9010000 0x0 0x1000 0x0>;  // finding
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let reserved = view.reservedMemory?.node.index
    for property in view.enabledProperties(named: "reg")
    where (reserved == nil || property.node.parent?.index != reserved) {
      let node = property.node
      guard let parent = node.parent else {
        report("the root has no bus to have an address on", at: .property(property))
        continue
      }
      let cells = view.cells(of: parent)
      guard cells.entry > 0 else {
        report(
          "the parent has no cells for an address", at: .property(property),
          expected: "#address-cells of at least 1",
          related: [Party("states no cells", at: .node(parent))])
        continue
      }
      let (size, overflow) = cells.entry.multipliedReportingOverflow(by: 4)
      guard overflow || property.count == 0 || property.count % size != 0 else { continue }
      let isEmpty = property.count < size
      report(
        isEmpty ? "reg is too short for one entry" : "reg is not a whole number of entries",
        at: .property(property), found: "\(property.count) bytes",
        expected: isEmpty ? "\(size) bytes" : "a multiple of \(size) bytes",
        related: [Party("states the cells", at: .node(parent))],
        severity: isEmpty && view.isInstantiated(node) ? .error : nil)
    }
  }
}
