import DeviceTree
import Diagnostics
import GuestView

/// A phandle belongs to one node.
enum DuplicatePhandle: Rule {
  static let id = "structure/duplicate-phandle"
  static let severity = Severity.error
  static let summary = "two nodes have the same phandle"
  static let rationale = """
    A reference by phandle leads to the first node that has it, whichever was meant: to another \
    pool, another interrupt controller, another IOMMU.
    """
  static let consequence = "references that mean the second node lead to the first one"
  static let help = "let labels stand for phandles, and let the compiler choose the numbers"
  static let sources = [
    Source.devicetree("2.3.3"), .linux("drivers/of/base.c", "of_find_node_by_phandle"),
  ]
  static let alsoKnownAs = ["dtc: explicit_phandles"]
  static let good = [
    Example(
      """
      &disk {
        phandle = <0x100>;
      };
      &net {
        phandle = <0x101>;
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
        clock-1 {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <24000000>;
          phandle = <0x100>;
        };
        clock-2 {
          compatible = "fixed-clock";
          #clock-cells = <0>;
          clock-frequency = <32768>;
          phandle = <0x100>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let entries = view.phandles.entries
    var first = 0
    for index in entries.indices {
      guard entries.phandle(at: index) == entries.phandle(at: first) else {
        first = index
        continue
      }
      guard index != first, entries[index].property.node != entries[first].property.node else {
        continue
      }
      report(
        "another node has the same phandle", at: .property(entries[index].property),
        found: ByteText.hex(entries[index].phandle), expected: "a number of its own",
        related: [Party("has the same phandle", at: .property(entries[first].property))])
    }
  }
}
