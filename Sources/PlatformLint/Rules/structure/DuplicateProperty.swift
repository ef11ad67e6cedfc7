import DeviceTree
import Diagnostics
import GuestView

/// A node has at most one property of a name.
enum DuplicateProperty: Rule {
  static let id = "structure/duplicate-property"
  static let severity = Severity.error
  static let summary = "a node has two properties of the same name"
  static let rationale = """
    Whoever asks for the property gets the first one. The second is dead, whichever was meant, and \
    programs that edit the tree may keep either.
    """
  static let consequence = "the second value is never read"
  static let help = "keep one of the two"
  static let sources = [
    Source.devicetree("2.2.4"),
    .linux("drivers/of/base.c", "__of_find_property"),
  ]
  static let alsoKnownAs = ["dtc: duplicate_property_names"]
  static let good = [
    Example(
      """
      &disk {
        dma-coherent;
      };

      """)
  ]
  static let bad = [
    Example(
      in: .none,
      """
      / {
        #address-cells = <1>;
        #size-cells = <1>;
        cpus {
          #address-cells = <1>;
          #size-cells = <0>;
          cpu@0 {
            device_type = "cpu";
            reg = <0>;
          };
        };
        memory@40000000 {
          device_type = "memory";
          reg = <0x40000000 0x10000000>;
          reg = <0x40000000 0x20000000>;  // finding
        };
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.propertyIndex.repetitions {
      let name = property.name
      let first = view.properties(named: name).property(of: property.node)
      report(
        "the node has another \(name) before this one", at: .property(property),
        related: first.map { [Party("is the one that counts", at: .property($0))] } ?? [])
    }
  }
}
