import DeviceTree
import Diagnostics
import GuestView

/// Nothing may translate the addresses that a frontend writes into its virtqueues.
enum TranslatedAddresses: PairRule {
  static let id = "shared/translated-addresses"
  static let severity = Severity.error
  static let summary = "a device that is to use shared memory is behind an IOMMU or uses grants"
  static let rationale = """
    Behind an IOMMU Linux writes I/O virtual addresses into a virtqueue, and with Xen's grants the numbers \
    of grants; the pool is not even looked at. A backend in another machine has neither the IOMMU's tables \
    nor, in shared memory, any need for grants.
    """
  static let consequence =
    "the backend finds addresses in the virtqueues that mean nothing to it, and no I/O is completed"
  static let help = "take the device out of iommus or iommu-map, and leave it to the pool"
  static let exceptions = """
    An offset of dma-ranges, of which dma/dma-ranges-offset tells. A backend that asks the IOMMU for every \
    address needs no shared memory.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_configure_id"),
    .linux("drivers/xen/grant-dma-ops.c", "xen_grant_setup_dma_ops"),
  ]
  static let supersedes: [any Rule.Type] = [PoolBehindIOMMU.self, GrantsBesidePool.self]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample(
      [
        PairExample.Machine(
          "frontend.dtb",
          """
          &reserved {
            vrings: vrings@50000000 {
              compatible = "restricted-dma-pool";
              reg = <0x0 0x50000000 0x0 0x1000000>;
            };
          };
          / {
            grants: iommu {
              compatible = "xen,grant-dma";
              #iommu-cells = <1>;
            };
            virtio@a000200 {
              compatible = "virtio,mmio";
              reg = <0x0 0xa000200 0x0 0x200>;
              interrupts = <0 17 1>;
              dma-coherent;
              memory-region = <&vrings>;  // finding
              iommus = <&grants 1>;
            };
          };
          """),
        PairExamples.backend(),
      ], besides: ["iommu/grants-beside-pool"])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.frontends {
        for device in party.devices {
          guard let iommu = device.iommu else { continue }
          report(
            "the device's addresses are not the guest's own, because it is behind \(iommu.node.name)",
            at: .tree(party.machine, spot(device, party.node) ?? .property(iommu.property)),
            found: "what \(iommu.node.name) maps", expected: "guest-physical addresses of the pool",
            related: [
              PairParty(
                "puts the device behind it", at: .tree(party.machine, .property(iommu.property)))
            ] + share.backends.prefix(1).map { PairParty("is to be read there", at: .node(of: $0)) }
          )
        }
      }
    }
  }

  /// Where the device names the pool itself; a function that has it of its host doesn't.
  private static func spot(_ device: DMADevice, _ node: FlattenedTree.Node?) -> Spot? {
    guard let property = device.memoryRegion,
      let reference = device.regionReferences.first(where: { $0.target == node })
    else { return nil }
    return .element(property, reference.cell, cells: reference.cell..<(reference.cell + 1))
  }
}
