import DeviceTree
import Diagnostics
import GuestView

/// A function's own `memory-region` takes the host's pool away from it.
enum ChildHidesPool: Rule {
  static let id = "pci/child-hides-pool"
  static let severity = Severity.error
  static let summary = "memory-region of a PCI function hides the pool of its host"
  static let rationale = """
    A function has the pool of its host bridge only as long as it has no memory-region of its own. \
    One that names no restricted pool, for a heap or by mistake, leaves the function with none.
    """
  static let consequence = "this function uses all of memory, while its neighbours are confined"
  static let help = "name the host's pool in memory-region of the function too"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .observed("the device is unrestricted and nothing says so"),
  ]
  static let silencedBy: [any Rule.Type] = [DanglingMemoryRegion.self, DisabledMemoryRegion.self]
  static let good = [Example(in: .pci, example(regions: "<&heap>, <&bounce>", marker: ""))]
  static let bad = [Example(in: .pci, example(regions: "<&heap>", marker: "  // finding"))]

  private static func example(regions: String, marker: String) -> String {
    """
    &reserved {
      heap: shared-dma-pool@5e000000 {
        compatible = "shared-dma-pool";
        reg = <0x0 0x5e000000 0x0 0x800000>;
        no-map;
      };
    };
    &pci {
      memory-region = <&bounce>;
      gpu@1,0 {
        reg = <0x800 0x0 0x0 0x0 0x0>;
        memory-region = \(regions);\(marker)
      };
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    // Functions follow their host, and hosts don't nest.
    var host: DMADevice?
    for device in view.dmaDevices {
      if device.kind == .pciHost { host = device }
      guard device.kind == .pciFunction, let property = device.memoryRegion,
        device.attachedPool == nil, let host, let pool = host.attachedPool?.target,
        let region = host.memoryRegion
      else { continue }
      report(
        "no restricted pool in memory-region, which hides \(pool.name) of the host",
        at: .property(property), expected: "a restricted pool",
        related: [Party("names the pool of the host", at: .property(region))])
    }
  }
}
