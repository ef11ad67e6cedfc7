import DeviceTree
import Diagnostics
import GuestView

/// The `memory-region` of a virtio device should name a restricted pool.
enum MemoryRegionWithoutPool: Rule {
  static let id = "dma/memory-region-without-pool"
  static let severity = Severity.error
  static let summary = "memory-region of a virtio device names no restricted pool"
  static let rationale = """
    Only a restricted-dma-pool is attached without a driver's help, and no virtio driver asks for \
    anything else. With another kind of region the property has no effect.
    """
  static let consequence = "the device works, and its DMA may go anywhere in memory"
  static let help = "add a restricted-dma-pool and name it in memory-region"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .observed("with a shared-dma-pool alone the device is not confined, and there is no message"),
  ]
  static let silencedBy: [any Rule.Type] = [
    DanglingMemoryRegion.self, DisabledMemoryRegion.self, MalformedMemoryRegion.self,
    MemoryRegionElsewhere.self,
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
      &reserved {
        heap: heap@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          no-map;
        };
      };
      &disk {
        memory-region = <&heap>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices where device.kind == .virtioMMIO && device.attachedPool == nil {
      guard let property = device.memoryRegion else { continue }
      let targets = device.regionReferences.compactMap(\.target)
      // A pool whose name is misspelt is reported where it is misspelt.
      guard !targets.isEmpty, !targets.contains(where: PoolMisspelt.isMisspelt) else { continue }
      report(
        "none of the regions is a restricted pool", at: .property(property),
        found: targets.map(\.name).joined(separator: ", "), expected: "a restricted-dma-pool",
        related: targets.prefix(4).map { Party("is what it names", at: .node($0)) })
    }
  }
}
