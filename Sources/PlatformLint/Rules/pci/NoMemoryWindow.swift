import DeviceTree
import Diagnostics
import GuestView

/// A PCI host needs a window for memory that is not prefetchable.
enum NoMemoryWindow: Rule {
  static let id = "pci/no-memory-window"
  static let severity = Severity.warning
  static let summary = "a PCI host has no 32-bit window for memory that is not prefetchable"
  static let rationale = """
    Registers of functions, virtio's among them, may stand in memory that is not prefetchable, and \
    such memory is never put into a prefetchable window. An entry of ranges that is empty, or whose \
    address can't be translated, is skipped. Many of those registers are found by 32 bits, such as the \
    table of a virtio function's message-signalled interrupts: a window above 4 GiB alone has no place for \
    them, and a function with a register that has none is not enabled.
    """
  static let consequence = "functions whose registers need such memory do not come up"
  static let logLine: String? = "BAR 1 [mem size 0x00001000]: can't assign; no space"
  static let help =
    "add an entry with space code 0x02000000 and a PCI address below 4 GiB to ranges"
  static let exceptions = "Hosts that are not generic ones, whose drivers know their windows."
  static let sources = [
    Source.linux("drivers/pci/of.c", "pci_parse_request_of_pci_ranges"),
    .binding("pci/host-generic-pci.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [
    HostCells.self, WindowBeyond32Bits.self, WindowOverItself.self,
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
        ranges = <0x43000000 0x80 0x0 0x80 0x0 0x80 0x0>;  // finding
      };
      """),
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x3000000 0x80 0x0 0x80 0x0 0x80 0x0>;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled && host.configurationSpacePerBus != nil {
      let windows = host.windows.filter { $0.isMemory && !$0.isPrefetchable && $0.range != nil }
      guard !windows.contains(where: { $0.busAddress < 1 << 32 }) else { continue }
      report(
        windows.isEmpty
          ? "no window for memory that is not prefetchable"
          : "no window for memory that is not prefetchable and has 32-bit addresses",
        at: host.node.property("ranges").map(Spot.property) ?? .node(host.node),
        found: "\(host.windows.filter(\.isMemory).count) memory windows",
        expected: "one with space code 0x02000000 and a PCI address below 4 GiB")
    }
  }
}
