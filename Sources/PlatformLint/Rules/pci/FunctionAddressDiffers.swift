import DeviceTree
import Diagnostics
import GuestView

/// The node of a PCI function must be for the function that its name says.
enum FunctionAddressDiffers: Rule {
  static let id = "pci/function-address-differs"
  static let severity = Severity.error
  static let summary = "reg of a PCI function is for another one than its name says"
  static let rationale = """
    The guest finds the node of a function by the device and function numbers in the first cell of \
    reg, and by nothing else. With other numbers there, what the node says holds for another \
    device: its own one has the pool of the host bridge, or none.
    """
  static let consequence = "the device has nothing of what its node says, without a word"
  static let help = """
    write bus << 16 | device << 11 | function << 8 in the first cell of reg, and device,function \
    after the @
    """
  static let exceptions = """
    A warning where the node has no memory-region, since then no isolation depends on it.
    """
  static let sources = [
    Source.linux("drivers/pci/of.c", "of_pci_find_child_device", "of_pci_get_devfn"),
    .observed("a child with the reg of another slot leaves its device unprotected"),
  ]
  static let alsoKnownAs = ["dtc: pci_device_reg"]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        disk@2,0 {
          reg = <0x1000 0x0 0x0 0x0 0x0>;
          memory-region = <&bounce>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        disk@2,0 {
          reg = <0x800 0x0 0x0 0x0 0x0>;  // finding
          memory-region = <&bounce>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      for function in host.functions where view.isEnabled(function.node) {
        guard let unitAddress = function.node.unitAddress, !unitAddress.isEmpty else { continue }
        let name = unitAddress.contains(",") ? unitAddress : unitAddress + ",0"
        guard name != function.unitAddress else { continue }
        report(
          "reg is for function \(function.unitAddress), the name for \(name)",
          at: .cells(function.property, 0..<1, "reg[0]"), found: function.unitAddress,
          expected: name, severity: function.node.has("memory-region") ? nil : .warning)
      }
    }
  }
}
