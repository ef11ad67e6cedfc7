import DeviceTree
import Diagnostics
import GuestView

/// The pool that `memory-region` names must be enabled.
enum DisabledMemoryRegion: Rule {
  static let id = "dma/disabled-memory-region"
  static let severity = Severity.error
  static let summary = "memory-region names a pool that is disabled"
  static let rationale = """
    A region whose status is neither okay nor ok is not reserved, and the kernel passes over a \
    disabled pool without a word.
    """
  static let consequence = "the device works, and its DMA may go anywhere in memory"
  static let help = "enable the pool, or take the reference away"
  static let exceptions = "Devices that also refer to a pool that is enabled."
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/of/of_reserved_mem.c", "fdt_scan_reserved_mem"),
    .observed("the device works without its pool, and there is no message"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        status = "okay";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        status = "disabled";
      };
      &disk {
        memory-region = <&bounce>;  // finding
      };
      &net {
        memory-region = <&bounce>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices where device.attachedPool == nil {
      guard let property = device.memoryRegion else { continue }
      for reference in device.regionReferences {
        guard let target = reference.target, !view.isAvailable(target),
          let status = target.property("status")
        else { continue }
        report(
          "memory-region names a region that is disabled",
          at: .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
          found: status.string.map { "status = \"\($0)\"" }, expected: "a region that is enabled",
          related: [Party("disables the region", at: .property(status))])
      }
    }
  }
}
