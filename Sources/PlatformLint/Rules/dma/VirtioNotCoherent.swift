import DeviceTree
import Diagnostics
import GuestView

/// A device that a VMM emulates is coherent with the guest's caches.
enum VirtioNotCoherent: Rule {
  static let id = "dma/virtio-not-coherent"
  static let severity = Severity.warning
  static let summary = "the tree says that the DMA of a virtio device is not coherent"
  static let rationale = """
    A VMM reads and writes the memory of its guest through the caches of the CPU that it runs on. A \
    guest that is told dma-noncoherent maps the rings without caching on arm64, and cleans and \
    invalidates its buffers everywhere: it and the VMM then see two versions of the same memory.
    """
  static let consequence = """
    on arm64 hosts without FEAT_S2FWB (before Armv8.4) updates of the rings may be lost and queues hang; \
    elsewhere every transfer costs cache maintenance for nothing
    """
  static let help = "write dma-coherent in the place of dma-noncoherent"
  static let exceptions = """
    PCI hosts that are not generic ones; and devices of a chip that really are beside the caches, for \
    which the finding has to be allowed.
    """
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_is_coherent"),
    .linux("kernel/dma/direct.c", "dma_direct_alloc"), .binding("virtio/mmio.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [ContradictoryCoherency.self]
  static let good = [Example("&net {\n  dma-coherent;\n};")]
  static let bad = [
    Example(
      """
      &net {
        /delete-property/ dma-coherent;
        dma-noncoherent;  // finding
      };
      """),
    Example(
      in: .riscv,
      """
      &disk {
        dma-noncoherent;  // finding
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    var told: Set<Int> = []
    for device in view.dmaDevices where device.isCoherent == false {
      // What the host says holds for its functions too.
      guard device.kind == .virtioMMIO || isGeneric(device),
        let property = property(of: device.node), told.insert(property.index).inserted
      else { continue }
      report(
        "\(device.node.name) is said not to be coherent", at: .property(property),
        expected: "dma-coherent",
        related: property.node == device.node
          ? [] : [Party("is the device", at: .node(device.node))])
    }
  }

  private static func isGeneric(_ device: DMADevice) -> Bool {
    device.kind == .pciHost
      && (device.node.isCompatible("pci-host-ecam-generic")
        || device.node.isCompatible("pci-host-cam-generic"))
  }

  /// The nearest one counts.
  private static func property(of node: FlattenedTree.Node) -> FlattenedTree.Property? {
    var candidate: FlattenedTree.Node? = node
    while let node = candidate {
      if let property = node.property("dma-noncoherent") { return property }
      candidate = node.parent
    }
    return nil
  }
}
