import DeviceTree
import Diagnostics
import GuestView

/// PCI addresses of functions are not those of memory.
enum BusAddressOverMemory: Rule {
  static let id = "pci/bus-address-over-memory"
  static let severity = Severity.warning
  static let summary = "a window gives functions the PCI addresses that memory has"
  static let rationale = """
    A function that reads or writes memory puts the address on the bus, and the host hands it \
    on. Where a window gives the same addresses to functions, the transfer is another \
    function's.
    """
  static let consequence = "DMA to that part of memory does not reach it"
  static let help = "write the same address on both sides of the window, outside memory"
  static let exceptions = "Hosts with dma-ranges, and hosts that are not generic ones."
  static let sources = [
    Source.linux("drivers/pci/of.c", "devm_of_pci_get_host_bridge_resources"),
    .devicetree("2.3.8"),
  ]
  static let silencedBy: [any Rule.Type] = [HostCells.self]
  static let good = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x0 0x0 0x0 0x10000000 0x0 0x20000000>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .pci,
      """
      &pci {
        ranges = <0x2000000 0x0 0x40000000 0x0 0x10000000 0x0 0x20000000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for host in view.pciHosts where host.isEnabled && host.configurationSpacePerBus != nil {
      // Where the host shifts addresses of DMA, memory has others on the bus.
      guard !host.node.has("dma-ranges") else { continue }
      for window in host.windows where window.isMemory {
        // One that is the same on both sides is told of as a window over memory.
        guard let range = window.range, range.first != window.busAddress,
          let bus = AddressRange(at: window.busAddress, size: window.size),
          view.memorySet.overlaps(bus)
        else { continue }
        report(
          "the PCI addresses of the window are also those of memory",
          at: .element(window.property, window.index, cells: window.cells), found: "\(bus)",
          expected: "addresses where no memory is",
          related: view.memory.first { $0.range.overlaps(bus) }.map {
            [Party("memory at \($0.range)", at: .property($0.property))]
          } ?? [])
      }
    }
  }
}
