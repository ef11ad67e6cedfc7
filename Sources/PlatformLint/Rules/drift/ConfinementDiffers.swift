import DeviceTree
import Diagnostics
import GuestView

/// What confines a device must be what the description said.
enum ConfinementDiffers: Rule {
  static let id = "drift/confinement-differs"
  static let severity = Severity.error
  static let summary = "another pool or IOMMU confines a device than was described, or none does"
  static let rationale = """
    Where a device may DMA is decided by its memory-region and by the IOMMU in front of it. Whatever the VMM makes of \
    either, the guest takes: without a word the device has another pool than the one that its backend can \
    reach, or all of memory.
    """
  static let consequence = "the device's DMA goes elsewhere than was judged"
  static let help = "have the VMM pass memory-region, iommus and iommu-map as they were built"
  static let exceptions = """
    Phandles and names: what counts is the node that they lead to, and for an IOMMU where its registers are. An \
    iommu-map in other pieces that says the same. A device that is confined and was described without is left alone.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/of/device.c", "of_dma_configure_id"),
  ]
  static let needs: Inputs = [.tree, .expected]

  static let good = [Example(expecting: pools("second"), pools("third"))]
  static let bad = [
    Example(
      expecting: pools("second"),
      pools("second")
        + """

        &disk {
          memory-region = <&second>;  // finding
        };

        &net {
          memory-region = <&bounce>;  // finding
        };
        """)
  ]

  private static func pools(_ label: String) -> String {
    """
    &reserved {
      \(label): restricted-dma-pool@5e000000 {
        compatible = "restricted-dma-pool";
        reg = <0x0 0x5e000000 0x0 0x800000>;
      };
    };

    &net {
      memory-region = <&\(label)>;
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let expected = view.expected else { return }
    let regions = ExpectedRegions(view, expected)
    let missing = Set(regions.missing.map(\.node.index))
    // A region that is there under another name, or elsewhere, is the same; that it is otherwise is told by itself.
    var names: [Int: String] = [:]
    for (before, now) in regions.pairs { names[now.node.index] = before.node.name }
    for (before, now) in ExpectedDevices(view, expected).pairsOfNodes {
      guard let wanted = confinement(of: before, expected, [:]) else { continue }
      let found = confinement(of: now, view, names)
      guard found != wanted else { continue }
      if found == nil, before.iommu == nil, let pool = before.effectivePool?.target,
        missing.contains(pool.index)
      {
        continue
      }
      let property = now.iommu?.property ?? now.memoryRegion ?? now.lostIOMMU?.property
      report(
        "the device was to be confined otherwise",
        at: property.map { .property($0) } ?? .device(now),
        found: found ?? "nothing that confines it", expected: wanted)
    }
  }

  /// What the tree says that confines a device; what features and the kernel make of it is for other rules.
  ///
  /// - Parameters:
  ///   - device: The device.
  ///   - view: The guest that has it.
  ///   - names: What regions are called, by the positions of their nodes; others by their own names.
  /// - Returns: Its IOMMU or its pool in words; nil for none.
  private static func confinement(
    of device: DMADevice, _ view: GuestView, _ names: [Int: String]
  ) -> String? {
    if let iommu = device.iommu {
      let identity = IOMMUIdentity.words(iommu.node, in: view)
      // A host's map is that of all its functions, and is looked at once, with the host.
      guard device.kind != .pciFunction else { return identity }
      return ([identity] + IOMMUEntry.words(iommu.property, in: view)).joined(separator: ", ")
    }
    return device.effectivePool?.target.map { "the pool \(names[$0.index] ?? $0.name)" }
  }
}
