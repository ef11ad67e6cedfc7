import DeviceTree
import Diagnostics
import GuestView

/// A window with 32-bit addresses must end below 4 GiB.
enum WindowBeyond32Bits: Rule {
  static let id = "pci/window-beyond-32-bits"
  static let severity = Severity.warning
  static let summary = "a PCI window for 32-bit addresses passes 4 GiB"
  static let rationale = """
    Space code 2 stands for memory that functions address with 32 bits. An address above 4 GiB on \
    the PCI side needs code 3: firmware and other guests take the code at its word.
    """
  static let consequence = "Linux uses the window as it is, others cut its addresses off"
  static let logExample: String? = "pci 0000:00:01.0: BAR 1 [mem size 0x00001000]: failed to assign"
  static let help = "write 0x03000000 in the first cell, or move the PCI address below 4 GiB"
  static let sources = [
    Source.binding("pci/host-generic-pci.yaml"),
    .linux("drivers/of/address.c", "of_bus_pci_get_flags"),
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x0 0x10000000 0x0 0x10000000 0x0 0x2eff0000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x80 0x0 0x80 0x0 0x0 0x40000000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled {
      for window in host.windows where window.space == .memory32 && window.size > 0 {
        let (last, overflow) = window.busAddress.addingReportingOverflow(window.size - 1)
        guard overflow || last > UInt64(UInt32.max) else { continue }
        report(
          "the window is for 32-bit addresses and passes 4 GiB",
          at: .element(window.property, window.index, cells: window.cells),
          found: "PCI addresses from \(ByteText.hex(window.busAddress)), "
            + ByteText.hexAndSize(window.size),
          expected: "an end at or below 0xffffffff")
      }
    }
  }
}
