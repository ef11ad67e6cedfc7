import DeviceTree
import Diagnostics
import GuestView

/// A device should name one restricted pool.
enum TwoPools: Rule {
  static let id = "dma/two-pools"
  static let severity = Severity.warning
  static let summary = "memory-region names more than one restricted pool"
  static let rationale =
    "A device has one restricted pool: the first enabled one in the order of memory-region."
  static let consequence = "the second pool is not used by this device"
  static let help = "name one pool, as large as both"
  static let exceptions = "One pool that is named twice."
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .observed("of two pools the first one is assigned"),
  ]
  static let good = [
    Example(
      """
      &disk {
        memory-region = <&bounce>;
      };
      """),
    Example(
      """
      &disk {
        memory-region = <&bounce>, <&bounce>;
      };
      """),
  ]
  static let bad = [
    Example(
      """
      &reserved {
        second: restricted-dma-pool@60000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000000 0x0 0x800000>;
        };
      };
      &disk {
        memory-region = <&bounce>, <&second>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices {
      let pools = device.regionReferences.filter(\.isEnabledPool)
      // One that is named twice is one pool.
      guard let property = device.memoryRegion, let used = pools.first?.target,
        let ignored = pools.first(where: { $0.target != used })
      else { continue }
      report(
        "only the first restricted pool is used",
        at: .element(property, ignored.cell, cells: ignored.cell..<(ignored.cell + 1)),
        found: "\(Set(pools.compactMap(\.target?.index)).count) pools", expected: "1 pool",
        related: [Party("is the pool that is used", at: .node(used))])
    }
  }
}
