import DeviceTree
import Diagnostics
import GuestView

/// pvmfw takes one PCI host with two windows of memory.
enum HostRefused: TargetRule {
  static let id = "pvmfw/host-refused"
  static let profile: TargetName? = .pvmfw
  static let severity = Severity.error
  static let summary = "there is no PCI host as pvmfw takes it, or a window of it is refused"
  static let rationale = """
    All devices of a protected guest are functions of one PCI host with the configuration space of \
    pci-host-cam-generic. pvmfw reads its first two windows. Both have to be memory, with the same address on both \
    sides, and not lie over memory. An older pvmfw, which devices may have, wants a host, windows of 64-bit memory that \
    end below 1 TiB, and once wanted them not to be prefetchable: what such a one alone refuses is a note.
    """
  static let consequence = "pvmfw reboots with PVM_FIRMWARE_INVALID_FDT, and the guest never starts"
  static let logLine: String? = "Failed to read pci info from DT: \(PVMFW.notFound)"
  static let help =
    "describe two windows of memory, mapped one to one; for an older pvmfw, of 0x3000000"
  static let sources = [
    Source.pvmfw("src/fdt.rs", "read_pci_info_from", "validate_pci_addr_range"),
    .program(
      "Android packages/modules/Virtualization",
      "guest/pvmfw/src/fdt.rs as mirrored at 31ae6a8e04 and 002b356b42, validate_pci_addr_range"),
    .program("Android libs/libvmbase", "src/layout.rs, MAX_VIRT_ADDR"),
  ]
  static let good = [
    Example(in: .protected, ranges("0x3000000 0x0 0xa0000000 0x0 0xa0000000 0x1 0x0"))
  ]
  static let bad = [
    Example(in: .protected, "&pci {  // finding\n  compatible = \"pci-host-ecam-generic\";\n};"),
    Example(
      in: .protected, ranges("0x1000000 0x0 0xa0000000 0x0 0xa0000000 0x0 0x10000", isBad: true)),
    Example(
      in: .protected,
      ranges("0x43000000 0x0 0xa0000000 0x0 0xa0000000 0x0 0x10000000", isBad: true)),
    Example(
      in: .protected, ranges("0x2000000 0x0 0xa0000000 0x0 0xa0000000 0x0 0x10000000", isBad: true)),
    Example(in: .protected, ranges("0x3000000 0x1 0x0 0x2 0x0 0x0 0x10000000", isBad: true)),
    Example(
      in: .protected, ranges("0x3000000 0x0 0xa0000000 0x0 0xa0000000 0xff 0x70000000", isBad: true)
    ),
    Example(
      in: .protected,
      "&pci {\n  ranges = <0x3000000 0x0 0x70000000 0x0 0x70000000 0x0 0x2000000>;  // finding\n};"),
  ]

  private static func ranges(_ second: String, isBad: Bool = false) -> String {
    """
    &pci {
      ranges = <0x3000000 0x0 0x70000000 0x0 0x70000000 0x0 0x2000000>, <\(second)>;\(isBad ? "  // finding" : "")
    };
    """
  }

  /// The first address that an older pvmfw can't reach.
  private static let end: UInt64 = 1 << 40

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pvmfw = PVMFW(view)
    guard let host = pvmfw.nodes("pci-host-cam-generic").first else {
      report(
        "an older pvmfw refuses a tree without its PCI host, and no pvmfw tells the guest of another",
        at: .node(view.pciHosts.first?.node ?? view.tree.root),
        expected: "a node compatible with pci-host-cam-generic",
        severity: view.pciHosts.isEmpty ? .note : .error)
      return
    }
    guard let ranges = host.property("ranges"), ranges.cellCount >= 14 else {
      report(
        "pvmfw reads two windows", at: host.property("ranges").map(Spot.property) ?? .node(host),
        expected: "two windows of 7 cells each")
      return
    }
    for index in 0..<2 {
      let cells = (index * 7)..<(index * 7 + 7)
      guard let code = ranges.cell(cells.lowerBound),
        let bus = ranges.number(at: cells.lowerBound + 1, cells: 2),
        let address = ranges.number(at: cells.lowerBound + 3, cells: 2),
        let size = ranges.number(at: cells.lowerBound + 5, cells: 2)
      else { continue }
      let spot = Spot.element(ranges, index, cells: cells)
      let (end, isOver) = bus.addingReportingOverflow(size)
      let line = LogText.line(
        "Invalid range type \(typeName(code)) for bus address \(bus.hex) in PCI node")
      if code >> 24 & 2 == 0 {
        report(
          "the window is no memory", at: spot, found: UInt64(code).hex, expected: "0x3000000",
          log: line)
      } else if bus != address {
        report(
          "the window has another address on either side", at: spot,
          found: "\(bus.hex) and \(address.hex)",
          log: .line("PCI bus address: \(bus.hex) is different from CPU address: \(address.hex)"))
      } else if isOver {
        report(
          "the window has no end", at: spot,
          log: .line("PCI address range size \(size.hex) overflows"))
      } else if let memory = pvmfw.memory, max(bus, memory.address) < min(end, memory.end) {
        report(
          "the window lies over memory", at: spot,
          related: [Party("is the memory", at: .property(memory.property))],
          log: .line(
            "PCI address range \(bus.hex)-\(end.hex) overlaps with main memory range "
              + "\(memory.address.hex)-\(memory.end.hex)"))
      } else if code >> 24 & 3 == 2 {
        report(
          "an older pvmfw takes windows with 64-bit addresses alone", at: spot,
          found: UInt64(code).hex, expected: "0x3000000", severity: .note, log: line)
      } else if code >> 30 & 1 == 1 {
        report(
          "an older pvmfw takes no window that is prefetchable", at: spot,
          found: UInt64(code).hex, expected: "0x3000000", severity: .note,
          log: .line("PCI bus address \(bus.hex) in PCI node is prefetchable"))
      } else if end > Self.end {
        report(
          "the window ends where an older pvmfw can't reach", at: spot, found: end.hex,
          expected: "\(Self.end.hex) at the most", severity: .note,
          log: .line("PCI address end \(end.hex) is outside of translatable range"))
      }
    }
  }

  private static func typeName(_ code: UInt32) -> String {
    ["ConfigurationSpace", "IoSpace", "Memory32", "Memory64"][Int(code >> 24 & 3)]
  }
}
