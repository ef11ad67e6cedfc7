import DeviceTree
import Diagnostics
import GuestView

/// Memory of the contiguous allocator is aligned to 2 MiB.
enum ContiguousMisaligned: Rule {
  static let id = "memory/contiguous-misaligned"
  static let severity = Severity.warning
  static let summary = "a reusable shared pool is not aligned as the contiguous allocator needs it"
  static let rationale = """
    The contiguous allocator works in blocks of pages: 2 MiB in a guest with pages of 4 KiB, more \
    with larger ones. A region whose base or size is no multiple is refused and given back.
    """
  static let consequence = "there is no such pool; its memory is ordinary memory"
  static let logLine: String? = "Reserved memory: incorrect alignment of CMA region"
  static let help = "align the base and the size of the region to 2 MiB"
  static let exceptions = "Regions that are refused for another reason."
  static let sources = [
    Source.linux("kernel/dma/contiguous.c", "rmem_cma_setup"),
    .linux("include/linux/cma.h", "CMA_MIN_ALIGNMENT_BYTES"),
  ]
  static let good = [
    Example(
      """
      &reserved {
        cma@60000000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
          reusable;
        };
      };

      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        cma@60100000 {
          compatible = "shared-dma-pool";
          reg = <0x0 0x60100000 0x0 0x400000>;  // finding
          reusable;
        };
      };

      """),
    Example(
      """
      &reserved {
        cma {
          compatible = "shared-dma-pool";
          size = <0x0 0x100000>;  // finding
          reusable;
        };
      };

      """),
  ]

  /// A page block of a kernel with pages of 4 KiB and huge pages, in bytes.
  private static let alignment: UInt64 = 2 << 20

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions where region.kind == .contiguous && region.refusal == nil {
      guard let size = region.size, let spot = PoolSize.spot(of: region, view) else { continue }
      if let range = region.range, range.first % alignment != 0,
        let reg = region.node.property("reg")
      {
        report(
          "the base is no multiple of 2 MiB", at: .property(reg), found: ByteText.hex(range.first),
          expected: "a multiple of \(ByteText.hex(alignment))")
      } else if size % alignment != 0 {
        report(
          "the size is no multiple of 2 MiB", at: spot, found: ByteText.hexAndSize(size),
          expected: "a multiple of \(ByteText.hex(alignment))")
      }
    }
  }
}
