import DeviceTree
import Diagnostics
import GuestView

/// With larger pages, a pool has to begin at one.
enum PoolBelowPage: Rule {
  static let id = "guest/pool-below-page"
  static let severity = Severity.error
  static let summary = "a restricted pool does not begin at a page of the kernel"
  static let rationale = """
    The kernel takes slots so that they have the offset in a page of what is bounced. Where the pool begins \
    within a page, no run of slots has the offset that a buffer of more than a page needs.
    """
  static let consequence = "large requests find no slots and are tried again for ever"
  static let logLine: String? = "swiotlb buffer is full"
  static let help = "align the pool to 64 KiB, which is right for every size of pages"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_search_pool_area"), .linux("arch/arm64/Kconfig"),
  ]
  static let needs: Inputs = [.tree, .guestConfiguration]

  private static let kernel = GuestExamples.kernel(with: [.arm64Pages16K])

  static let good = [
    Example(guest: kernel, "/ { };"), example(GuestExamples.kernel(), "5f040000", ""),
  ]
  static let bad = [example(kernel, "5f021000", "  // finding")]

  private static func example(
    _ guest: GuestConfiguration, _ base: String, _ marker: String
  ) -> Example {
    Example(
      guest: guest,
      """
      /delete-node/ &bounce;
      &reserved {
        pool: pool@\(base) {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x\(base) 0x0 0x7d0000>;\(marker)
        };
      };
      &disk {
        memory-region = <&pool>;
      };
      &net {
        memory-region = <&pool>;
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    guard let guest = view.guest, guest.pageSize > 4096 else { return }
    for pool in view.restrictedPools {
      // What isn't at a page of any kernel has a finding of its own.
      guard let range = pool.range, range.first % 4096 == 0, range.first % guest.pageSize != 0,
        let reg = pool.node.property("reg")
      else { continue }
      report(
        "the pool does not begin at a page of \(guest.name)", at: .property(reg),
        found: "0x\(String(range.first, radix: 16))",
        expected: "a multiple of \(guest.pageSize >> 10) KiB")
    }
  }
}
