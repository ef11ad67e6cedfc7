import DeviceTree
import Diagnostics
import GuestView

/// A reusable pool is of no use to a device with a restricted one.
enum ContiguousBesidePool: Rule {
  static let id = "dma/contiguous-beside-pool"
  static let severity = Severity.warning
  static let summary = "a device has a restricted pool and memory of the contiguous allocator"
  static let rationale = """
    A device with a restricted pool allocates from it before anything else. The reusable shared \
    pool beside it is never asked, so that blocks of more than 256 KiB still can not be had.
    """
  static let consequence = """
    large coherent allocations of the device fail although the second pool is empty
    """
  static let help = "use a shared pool with no-map, which is asked first, or leave it out"
  static let sources = [
    Source.linux("kernel/dma/direct.c", "dma_direct_alloc"),
    .observed("1 MiB of coherent memory fails beside a reusable pool"),
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
        cma: cma@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          reusable;
        };
      };
      &disk {
        memory-region = <&bounce>, <&cma>;  // finding
      };

      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      guard let property = device.memoryRegion, let pool = device.attachedPool?.target,
        let other = device.regionReferences.first(where: { $0.region?.kind == .contiguous }),
        let target = other.target
      else { continue }
      report(
        "memory of \(target.name) is never used",
        at: .element(property, other.cell, cells: other.cell..<(other.cell + 1)),
        related: [Party("is used instead", at: .node(pool))])
    }
  }
}
