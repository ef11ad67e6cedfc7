import Diagnostics
import GuestView

/// Both sides must map shared memory with the same attributes.
enum BackendWriteCombines: PairRule {
  static let id = "shared/backend-write-combines"
  static let severity = Severity.warning
  static let summary = "the backend maps shared memory as a coherent pool, past the caches"
  static let rationale = """
    A shared-dma-pool is mapped write-combined, on arm64 as Normal memory without caches. The frontend of \
    coherent devices has its rings in the caches. Where two mappings of one address differ so, neither \
    sees what the other has written until a line happens to be written back.
    """
  static let consequence =
    "the backend reads stale rings, and the frontend stale answers; now and then I/O hangs"
  static let help =
    "leave shared-dma-pool out in the tree of the backend, and have its driver map the region as memory (memremap with MEMREMAP_WB)"
  static let exceptions = """
    Processors that keep such mappings coherent, as with FEAT_S2FWB where the hypervisor decides the \
    attributes. That the frontend's devices are coherent is for dma/coherency-not-stated and \
    dma/virtio-not-coherent.
    """
  static let sources = [
    Source.linux("kernel/dma/coherent.c", "dma_init_coherent_memory"),
    .linux("arch/arm64/include/asm/pgtable.h", "pgprot_writecombine"),
  ]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        nodeMark: PairExamples.finding,
        extra: """
          compatible = "shared-dma-pool";
          no-map;
          """),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.backends where party.region?.kind == .coherentPool {
        report(
          "the region is a coherent pool, which is mapped past the caches", at: .node(of: party),
          found: party.what, expected: "a reserved region without compatible",
          related: share.reference("is mapped as memory"))
      }
    }
  }
}
