import DeviceTree
import Diagnostics
import GuestView

/// A `compatible` that Linux knows is spelt exactly.
enum NearlyKnownCompatible: Rule {
  static let id = "structure/nearly-known-compatible"
  static let severity = Severity.warning
  static let summary = "the compatible of a node is nearly one that Linux knows"
  static let rationale = """
    A driver binds to a node that lists its exact compatible. One that is misspelt is that of \
    another device, which does not exist.
    """
  static let consequence = "no driver binds to the node, without a word"
  static let help = "write the compatible as the binding has it"
  static let exceptions = """
    Disabled nodes, nodes of which another string is known, and names that differ in a digit, which \
    are other devices. An error for the clock of a PrimeCell, which waits for it for ever. Functions of PCI, which a driver knows by their vendor and device ID. Pools and virtio-mmio devices have rules of their own.
    """
  static let sources = [
    Source.devicetree("2.3.1"),
    .linux("drivers/of/base.c", "__of_device_is_compatible"),
  ]
  static let silencedBy: [any Rule.Type] = [
    DeadInterruptController.self, MisspeltCompatible.self, NoInterruptController.self, NoTimer.self,
    PoolMisspelt.self, UnknownIOMMU.self,
  ]
  static let good = [
    Example(
      """
      &serial {
        compatible = "arm,pl011", "arm,primecell";
      };

      """),
    Example(
      in: .pci,
      """
      &pci {
        generation@2,0 {
          compatible = "vmgenidx";
          reg = <0x1000 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;
        };
      };
      """),
  ]
  static let bad = [
    Example(
      """
      / {
        flash@4000000 {
          compatible = "cfi-flush";  // finding
          reg = <0x0 0x4000000 0x0 0x1000000>;
        };
      };

      """),
    Example(
      in: .pci,
      """
      &pci {
        compatible = "pci-host-generic";  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Computed where there is a suspect, and once.
    var needed: Set<Int>?
    let hosts = Set(view.pciHosts.map(\.node.index))
    for node in KnownCompatibles.suspects(in: view)
    where view.isEnabled(node) && (!view.isPCI(node) || hosts.contains(node.index)) {
      guard let property = node.property("compatible"), let found = property.strings,
        let near = KnownCompatibles.meant(by: found)
      else { continue }
      // A PrimeCell waits for its clock for ever.
      let clocks = needed ?? clocksOfPrimecells(view)
      needed = clocks
      report(
        "no driver knows this compatible", at: .property(property), found: "\"\(near.found)\"",
        expected: "\"\(near.meant)\"",
        severity: node.has("#clock-cells") && clocks.contains(node.index) ? .error : nil)
    }
  }

  private static func clocksOfPrimecells(_ view: GuestView) -> Set<Int> {
    var clocks: Set<Int> = []
    for node in view.nodes(compatibleWith: "arm,primecell") where view.isInstantiated(node) {
      guard let property = node.property("clocks") else { continue }
      for case let clock? in view.references(in: property) { clocks.insert(clock.index) }
    }
    return clocks
  }
}
