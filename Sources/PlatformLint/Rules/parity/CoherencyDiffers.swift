import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// The DMA of a device goes through the caches, or past them.
enum CoherencyDiffers: ParityRule {
  static let id = "parity/coherency-differs"
  static let severity = Severity.warning
  static let summary = "the tree and the tables disagree on whether DMA is coherent"
  static let rationale = """
    The property dma-coherent of a node and _CCA of a device say the same: that the device sees what is in the caches. A VMM \
    does, since it reads the memory as any process reads its own.
    """
  static let consequence = """
    under one of the two it maps buffers past the caches, and device and guest may see two versions of one memory
    """
  static let help = "write dma-coherent and _CCA of 1, or neither, whichever the machine does"
  static let exceptions = """
    Where _CCA is missing on arm64, acpi/cca-missing says so. A _CCA that takes an interpreter isn't compared.
    """
  static let sources = [
    Source.linux("drivers/of/address.c", "of_dma_is_coherent"),
    .linux("drivers/acpi/scan.c", "acpi_init_coherency"),
  ]
  static let goodPairs = [ParityExample([TableExamples.virtio()])]
  static let badPairs = [
    ParityExample(
      at: ["\\_SB.VIO0: _CCA"], [TableExamples.virtio(coherency: .integer(0))])
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    let byNode = Dictionary(
      view.tree.dmaDevices.filter { $0.kind != .pciFunction }.map { ($0.node.index, $0) },
      uniquingKeysWith: { first, _ in first })
    func compare(_ node: DMADevice?, _ device: TableDevice) {
      guard let node, let coherency = device.coherency, let other = coherency.isCoherent else {
        return
      }
      // Nothing is said on RISC-V where DMA is coherent.
      let one = node.isCoherent ?? (view.tree.architecture != .arm64)
      guard one != other else { return }
      let own = device.place(of: "_CCA")
      report(
        other
          ? "the tree says that the DMA of the device is not coherent"
          : "the tree says that the DMA of the device is coherent",
        at: .tables(own), found: "_CCA of \(other ? 1 : 0)",
        expected: one ? "1, as dma-coherent has it" : "0",
        related: [ParityParty("is the node", at: .tree(.node(node.node)))])
    }
    for pair in view.devices {
      compare(byNode[pair.node.node.index], pair.device.device)
    }
    for pair in view.hosts {
      for other in pair.others { compare(byNode[pair.host.node.index], other.device) }
    }
  }
}
