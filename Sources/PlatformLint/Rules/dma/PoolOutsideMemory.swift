import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool must lie in memory.
enum PoolOutsideMemory: Rule {
  static let id = "dma/pool-outside-memory"
  static let severity = Severity.error
  static let summary = "a restricted pool is not wholly in memory"
  static let rationale = """
    The kernel reaches a restricted pool through its linear map of memory and never maps it \
    otherwise. When the first device attaches, it clears the whole pool there.
    """
  static let consequence = "the kernel panics when the first device attaches"
  static let logLine: String? = "Unable to handle kernel paging request at virtual address"
  static let help = "move the pool into a range of /memory, or extend the memory over it"
  static let exceptions = """
    Under UEFI the memory map of the firmware counts and not /memory. Without any /memory, that is \
    what is reported.
    """
  static let sources = [
    Source.linux(
      "kernel/dma/swiotlb.c", "rmem_swiotlb_device_init", "swiotlb_init_io_tlb_pool"),
    .observed("panic in swiotlb_init_io_tlb_pool"),
  ]
  static let good = [
    Example(
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x1f400000>, <0x0 0x5f400000 0x0 0x20c00000>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &memory {
        reg = <0x0 0x40000000 0x0 0x1f400000>;
      };
      &bounce {
        reg = <0x0 0x5f000000 0x0 0x800000>;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard !view.memorySet.isEmpty else { return }
    for region in view.restrictedPools {
      guard let range = region.range, !view.memorySet.contains(range),
        let reg = region.node.property("reg"), let entry = region.entries.first
      else { continue }
      report(
        view.memorySet.overlaps(range)
          ? "the pool is partly outside memory"
          : "the pool is outside memory",
        at: .element(reg, 0, cells: entry.cells), found: "\(range)",
        expected: "a range of /memory",
        related: view.memory.prefix(4).map {
          Party("memory at \($0.range)", at: .property($0.property))
        })
    }
  }
}
