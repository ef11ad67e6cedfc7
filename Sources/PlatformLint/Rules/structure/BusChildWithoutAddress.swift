import DeviceTree
import Diagnostics
import GuestView

/// What stands on a memory bus has an address there.
enum BusChildWithoutAddress: Rule {
  static let id = "structure/bus-child-without-address"
  static let severity = Severity.note
  static let summary = "a child of a simple-bus has neither reg nor ranges"
  static let rationale = """
    A simple-bus carries devices by their addresses. A node without one describes something that is \
    not on the bus, a fixed clock or a regulator, and belongs to the root.
    """
  static let consequence = "Linux makes a device of the node all the same"
  static let help = "move the node to the root, or give it a reg"
  static let exceptions = "Disabled nodes."
  static let sources = [
    Source.devicetree("4.5")
  ]
  static let alsoKnownAs = ["dtc: simple_bus_reg"]
  static let silencedBy: [any Rule.Type] = [NoWindow.self, UnitAddressWithoutReg.self]
  static let good = [
    Example(
      """
      / {
        bus {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          rtc@9010000 {
            compatible = "google,goldfish-rtc";
            reg = <0x0 0x9010000 0x0 0x1000>;
          };
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      / {
        bus {
          compatible = "simple-bus";
          #address-cells = <2>;
          #size-cells = <2>;
          ranges;
          clock {  // finding
            compatible = "fixed-clock";
            #clock-cells = <0>;
            clock-frequency = <24000000>;
          };
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for bus in view.nodes(compatibleWith: "simple-bus")
    where bus.property("compatible")?.lists("simple-bus") ?? false && view.isEnabled(bus) {
      for child in bus.children
      where view.isEnabled(child) && !child.has("reg") && !child.has("ranges") {
        report(
          "the node is on a bus and has no address there", at: .node(child),
          related: [Party("is the bus", at: .node(bus))])
      }
    }
  }
}
