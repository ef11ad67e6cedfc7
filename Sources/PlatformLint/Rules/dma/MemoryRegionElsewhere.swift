import DeviceTree
import Diagnostics
import GuestView

/// `memory-region` must name children of `/reserved-memory`.
enum MemoryRegionElsewhere: Rule {
  static let id = "dma/memory-region-elsewhere"
  static let severity = Severity.error
  static let summary = "memory-region names a node outside reserved-memory"
  static let rationale = """
    Only children of /reserved-memory become regions. The kernel then looks a region up by the name \
    of the node, so that a node elsewhere either stands for nothing or, if it shares its name with a \
    region, for the wrong one.
    """
  static let consequence = "the device works, and its DMA may go anywhere in memory"
  static let help = "refer to a child of /reserved-memory"
  static let exceptions = """
    A restricted pool outside /reserved-memory is reported where it stands, once. Beside a pool that \
    is used, see dma/stray-memory-region.
    """
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "of_reserved_mem_lookup"),
    .observed("a node of the same name elsewhere attaches the region that has the name"),
  ]
  static let good = [
    Example(
      """
      &disk {
        memory-region = <&bounce>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &disk {
        memory-region = <&memory>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      guard let property = device.memoryRegion, device.attachedPool == nil else { continue }
      for reference in device.regionReferences {
        guard let target = reference.target, reference.region == nil,
          !target.isCompatible("restricted-dma-pool")
        else { continue }
        report(
          "memory-region names a node outside /reserved-memory",
          at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
          found: target.path, expected: "a child of /reserved-memory",
          related: [Party("is what it names", at: .node(target))])
      }
    }
  }
}
