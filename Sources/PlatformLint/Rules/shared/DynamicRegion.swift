import Diagnostics
import GuestView

/// Shared memory must have an address in the tree.
enum DynamicRegion: PairRule {
  static let id = "shared/dynamic-region"
  static let severity = Severity.error
  static let summary = "the kernel decides where memory is that another machine has to find"
  static let rationale = """
    Without reg the kernel looks for room when it boots, from the end of memory downwards. Where that is \
    depends on the kernel, its command line and all other regions, and no other machine can know it.
    """
  static let consequence =
    "the region is somewhere else than in the other machine, unless by chance"
  static let help = "write reg in both trees, and leave size and alloc-ranges out"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_alloc_size"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
  ]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample([
      PairExample.Machine(
        "frontend.dtb",
        """
        &reserved {
          vrings: vrings {
            compatible = "restricted-dma-pool";
            size = <0x0 0x1000000>;  // finding
            alignment = <0x0 0x200000>;
          };
        };
        / {
          virtio@a000200 {
            compatible = "virtio,mmio";
            reg = <0x0 0xa000200 0x0 0x200>;
            interrupts = <0 17 1>;
            dma-coherent;
            memory-region = <&vrings>;
          };
        };
        """),
      PairExamples.backend(),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.parties {
        guard let extent = party.region?.dynamic else { continue }
        report(
          "the region has no address that the other machine could know", at: .range(of: party),
          found: "\(ByteText.hexAndSize(extent.size)) wherever there is room",
          expected: share.expected.map { "reg with \($0.range)" } ?? "reg",
          related: share.reference("has a place"))
      }
    }
  }
}
