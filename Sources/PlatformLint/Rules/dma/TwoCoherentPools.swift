import DeviceTree
import Diagnostics
import GuestView

/// A device has one shared pool.
enum TwoCoherentPools: Rule {
  static let id = "dma/two-coherent-pools"
  static let severity = Severity.warning
  static let summary = "memory-region names more than one shared pool"
  static let rationale = """
    A device has one carve-out for coherent memory. The first one that its driver attaches stays, \
    and the second is refused.
    """
  static let consequence = "attaching the second pool returns -16"
  static let help = "name one pool, as large as both"
  static let exceptions = """
    Devices other than virtio-mmio devices and PCI hosts: some drivers hand their regions on to \
    several devices.
    """
  static let sources = [
    Source.linux("kernel/dma/coherent.c", "dma_assign_coherent_memory")
  ]
  static let good = [
    Example(
      in: .pci,
      """
      &reserved {
        heap: heap@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          no-map;
        };
      };
      &pci {
        memory-region = <&bounce>, <&heap>;
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
        store: heap@60400000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60400000 0x0 0x400000>;
          no-map;
        };
      };
      &disk {
        memory-region = <&bounce>, <&heap>, <&store>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      let pools = device.regionReferences.filter { $0.region?.kind == .coherentPool }
      guard pools.count > 1, let property = device.memoryRegion, let first = pools[0].target else {
        continue
      }
      report(
        "a second shared pool can not be attached",
        at: .element(property, pools[1].cell, cells: pools[1].cell..<(pools[1].cell + 1)),
        found: "\(pools.count) shared pools", expected: "1",
        related: [Party("is the first one", at: .node(first))])
    }
  }
}
