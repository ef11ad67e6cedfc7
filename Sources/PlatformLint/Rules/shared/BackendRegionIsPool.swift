import Diagnostics
import GuestView

/// The backend must not take shared memory for a pool of its own.
enum BackendRegionIsPool: PairRule {
  static let id = "shared/backend-region-is-pool"
  static let severity = Severity.error
  static let summary = "shared memory is a restricted pool in the machine that serves it"
  static let rationale = """
    The first device that attaches to a restricted pool has the kernel clear it and hand out its slots. \
    In the machine that serves the memory that would be the frontend's rings and buffers.
    """
  static let consequence =
    "as soon as a device of the backend attaches, its kernel clears the frontend's rings"
  static let help = "leave compatible out in the tree of the backend, and add no-map"
  static let exceptions = """
    A pool that no device of the backend refers to is cleared by nobody; there the finding is a warning.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init", "swiotlb_init_io_tlb_pool")
  ]
  static let supersedes: [any Rule.Type] = [UnusedPool.self]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend(),
        PairExamples.backend(
          nodeMark: PairExamples.finding, extra: "compatible = \"restricted-dma-pool\";"),
      ], besides: ["dma/unused-pool"])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.backends where party.isPool {
        report(
          party.devices.isEmpty
            ? "the region is a restricted pool, though it is another machine's"
            : "devices of the machine that serves the memory bounce through it",
          at: .node(of: party), found: party.what, expected: "a reserved region without compatible",
          related: share.reference("is what is shared"),
          severity: party.devices.isEmpty ? .warning : nil)
      }
    }
  }
}
