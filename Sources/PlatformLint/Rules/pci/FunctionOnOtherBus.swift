import DeviceTree
import Diagnostics
import GuestView

/// A function right below the host stands on the host's own bus.
enum FunctionOnOtherBus: Rule {
  static let id = "pci/function-on-other-bus"
  static let severity = Severity.warning
  static let summary = "a node right below the host bridge is for another bus"
  static let rationale = """
    Linux takes a child of the host bridge for a function of the host's own bus, looks at the device \
    and function numbers alone, and gives buses their numbers itself unless it is told only to look. \
    A node with another bus number is taken for a function that it isn't.
    """
  static let consequence =
    "what the node says holds for the function of that number on the first bus"
  static let help = """
    put the node below one for the bridge that leads to its bus, or keep all functions on the first \
    bus
    """
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_pci_find_child_device"),
    .linux("drivers/pci/controller/pci-host-common.c", "pci_host_common_probe"),
  ]
  static let alsoKnownAs = ["dtc: pci_device_bus_num"]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        disk@2,0 {
          reg = <0x1000 0x0 0x0 0x0 0x0>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        bus-range = <0x0 0x0>;
        disk@2,0 {
          reg = <0x11000 0x0 0x0 0x0 0x0>;  // finding
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      for function in host.functions where function.isOnRootBus {
        guard view.isEnabled(function.node), function.bus != host.buses.lowerBound else {
          continue
        }
        report(
          "the node is for another bus than the one it stands on",
          at: .cells(function.property, 0..<1, "reg[0]"), found: "bus \(function.bus)",
          expected: "bus \(host.buses.lowerBound)",
          related: [Party("is the host of the bus", at: .node(host.node))])
      }
    }
  }
}
