import DeviceTree
import Diagnostics
import GuestView

/// A shared pool beside a restricted one does nothing for a virtio device.
enum SharedPoolInert: Rule {
  static let id = "dma/shared-pool-inert"
  static let severity = Severity.note
  static let summary = "a virtio device names a shared pool that no driver attaches"
  static let rationale = """
    Only a restricted pool is attached without a driver's help. A shared pool for coherent memory is one \
    that a driver asks for, and no virtio driver does: rings and framebuffers stay in the restricted one.
    """
  static let consequence = "the shared pool is reserved and not used, and nothing else changes"
  static let help = "leave the shared pool out, or keep it for a driver that attaches it"
  static let exceptions = "Devices without a restricted pool, for which that is what is reported."
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/of/of_reserved_mem.c", "of_reserved_mem_device_init_by_name"),
    .observed("of two pools the restricted one alone is assigned"),
  ]
  static let silencedBy: [any Rule.Type] = [TwoCoherentPools.self]
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
        memory-region = <&bounce>, <&heap>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for device in view.dmaDevices
    where device.kind == .virtioMMIO && device.attachedPool != nil {
      guard let property = device.memoryRegion,
        let other = device.regionReferences.first(where: { $0.region?.kind == .coherentPool }),
        let target = other.target
      else { continue }
      report(
        "no virtio driver attaches \(target.name)",
        at: .element(property, other.cell, cells: other.cell..<(other.cell + 1)),
        related: [Party("is a shared pool", at: .node(target))])
    }
  }
}
