import DeviceTree
import Diagnostics
import GuestView

/// A property that Linux reads has its exact name.
enum MisspeltProperty: Rule {
  static let id = "structure/misspelt-property"
  static let severity = Severity.warning
  static let summary = "the name of a property is nearly one that Linux reads"
  static let rationale = """
    Linux asks for a property by its exact name and takes no notice of others. A flag such as no- \
    map or dma-coherent that is misspelt is not there, and a pool that is referred to by a misspelt \
    memory-region is not used.
    """
  static let consequence = "the property has no effect, without a word"
  static let help = "write the name as the binding has it"
  static let exceptions = """
    An error where a device is lost for it: compatible, and interrupts of a device. Disabled nodes, nodes that have the property under its right name too, and names with a \
    vendor's prefix.
    """
  static let sources = [
    Source.devicetree("2.2.4.1"),
    .linux("drivers/of/base.c", "__of_find_property"),
  ]
  static let good = [
    Example(
      """
      &disk {
        example,dma-coherence;
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        interrupt-parents = <&gic>;  // finding
      };
      """),
    Example(
      """
      &serial {
        /delete-property/ interrupts;
        interupts = <0 1 4>;  // finding
      };
      """),
    Example(
      """
      &reserved {
        firmware@60000000 {
          reg = <0x0 0x60000000 0x0 0x10000>;
          no-mem;  // finding
        };
      };

      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let reserved = view.reservedMemory?.node.index
    // Every name is looked at once, and only those that are wrong are looked up.
    let bytes = view.tree.bytes
    for number in 0..<view.tree.propertyNames.count {
      let text = bytes.span.extracting(view.tree.propertyNames.byteRange(of: number))
      if let meant = KnownProperties.meant(by: text) {
        let name = view.tree.propertyName(number)
        let right = view.properties(named: meant)
        for property in view.enabledProperties(named: name)
        where right.property(of: property.node) == nil
          && !isName(property)
        {
          tell(name, meant, property, view, &report)
        }
      }
      guard let reserved, let meant = KnownProperties.meantInRegion(by: text) else { continue }
      let name = view.tree.propertyName(number)
      let right = view.properties(named: meant)
      for property in view.properties(named: name)
      where property.node.parent?.index == reserved && right.property(of: property.node) == nil {
        tell(name, meant, property, view, &report)
      }
    }
  }

  /// In /aliases and the like, names are the author's own.
  private static func isName(_ property: FlattenedTree.Property) -> Bool {
    property.node.parent?.index == 0 && property.node.isNamed("aliases")
  }

  private static func tell(
    _ name: String, _ meant: String, _ property: FlattenedTree.Property, _ view: GuestView,
    _ report: inout Reporter
  ) {
    report(
      "\(name) is not a property that Linux knows; did you mean \(meant)",
      at: .property(property), found: name, expected: meant,
      severity: isLost(meant, property.node, view) ? .error : nil)
  }

  /// Whether the node is no device without the property, or one without interrupts.
  private static func isLost(
    _ meant: String, _ node: FlattenedTree.Node, _ view: GuestView
  ) -> Bool {
    switch meant {
    case "compatible": node.has("reg") && node.parent.map(view.isInstantiated) ?? false
    case "interrupts": view.isInstantiated(node) && !node.has("interrupts-extended")
    default: false
    }
  }
}
