import DeviceTree
import Diagnostics
import GuestView

/// The window of a device must not lie in memory.
enum WindowOverMemory: Rule {
  static let id = "memory/window-over-memory"
  static let severity = Severity.error
  static let summary = "the window of a device overlaps memory"
  static let rationale = """
    An address is either memory or a device. The kernel refuses to map memory as a device on arm64, \
    and uses the memory itself elsewhere, whatever the VMM has put there.
    """
  static let consequence = "the device does not come up, or the guest writes to it as to memory"
  static let logExample: String? =
    "virtio-mmio <device>: error -16: can't request region for resource [mem 0x4a000000-0x4a0001ff]"
  static let help = "move the window, or end the memory in front of it"
  static let exceptions = """
    Windows that lie in a reserved region with no-map, which the kernel does not treat as memory.
    """
  static let sources = [
    Source.linux("arch/arm64/mm/ioremap.c", "__ioremap_prot"), .linux("mm/ioremap.c"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        mailbox@60000000 {
          reg = <0x0 0x60000000 0x0 0x1000>;
          no-map;
        };
      };
      / {
        mailbox@60000000 {
          compatible = "example,mailbox";
          reg = <0x0 0x60000000 0x0 0x1000>;
        };
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        reg = <0x0 0x4a000000 0x0 0x200>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let unmapped = RangeSet(
      view.regions.filter(\.isUnmapped).flatMap { $0.entries.map(\.range) })
    let claims = view.addressMap.claims(.memory, .deviceWindow, .pciWindow)
    for (first, second) in Overlaps.pairs(among: claims, by: \.range) {
      guard (first.kind == .memory) != (second.kind == .memory) else { continue }
      let (memory, window) = first.kind == .memory ? (first, second) : (second, first)
      guard !unmapped.contains(window.range) else { continue }
      report(
        "the window overlaps memory", at: .claim(window), found: "\(window.range)",
        expected: "nothing in common with memory at \(memory.range)",
        related: [Party("memory at \(memory.range)", at: .claim(memory))])
    }
  }
}
