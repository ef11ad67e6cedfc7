import DeviceTree
import Diagnostics
import GuestView

/// A kernel without CONFIG_DMA_RESTRICTED_POOL knows no pool.
enum PoolsNotBuilt: Rule {
  static let id = "guest/pools-not-built"
  static let severity = Severity.error
  static let summary = "the kernel was built without restricted pools, and devices rely on one"
  static let rationale = """
    Without CONFIG_DMA_RESTRICTED_POOL the kernel reserves the region like any other and never looks for \
    it when a device comes up. The kernels of Debian 12 and 13 are built so.
    """
  static let consequence = """
    the pool is ignored, and its devices read and write all of the guest's memory
    """
  static let help = """
    build the guest's kernel with CONFIG_DMA_RESTRICTED_POOL=y (since Linux 5.15, with OF and SWIOTLB), \
    or take another way to confine its devices
    """
  static let exceptions = "Pools that no device would use anyway have findings of their own."
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("kernel/dma/Kconfig"),
    .observed("the same tree on a kernel without the option: the disk works, outside its pool"),
  ]
  static let needs: Inputs = [.tree, .guestConfiguration]

  static let good = [Example(guest: GuestExamples.kernel(), refers(""))]
  static let bad = [
    Example(guest: GuestExamples.kernel(without: [.dmaRestrictedPool]), refers("  // finding"))
  ]

  private static func refers(_ marker: String) -> String {
    """
    &disk {
      memory-region = <&bounce>;\(marker)
    };
    """
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest, !guest.knowsRestrictedPools else { return }
    var seen: Set<Int> = []
    for device in view.dmaDevices + view.hiddenFunctions {
      guard case .allMemory(because: .poolsNotBuilt) = device.outcome,
        let property = device.effectiveMemoryRegion, let reference = device.effectivePool,
        let pool = reference.region, seen.insert(pool.node.index).inserted
      else { continue }
      report(
        "\(guest.name) has no CONFIG_DMA_RESTRICTED_POOL",
        at: .element(
          property, reference.cell, cells: reference.cell..<(reference.cell + 1)),
        found: guest.version.map { "Linux \($0) without CONFIG_DMA_RESTRICTED_POOL" }
          ?? "CONFIG_DMA_RESTRICTED_POOL is not set", expected: "CONFIG_DMA_RESTRICTED_POOL=y",
        related: [Party("is the pool", at: .node(pool.node))])
    }
  }
}
