import Diagnostics
import GuestView

/// One machine must serve the memory through which the others' devices bounce.
enum NoBackend: PairRule {
  static let id = "shared/no-backend"
  static let severity = Severity.error
  static let summary = "all machines that share memory take it for a pool of their own"
  static let rationale = """
    A kernel clears a restricted pool when the first device attaches, and hands its slots out as it likes. \
    Two kernels that do so with the same memory write over each other, and neither answers the other.
    """
  static let consequence =
    "each kernel clears what the other has in it, and hands out slots that the other uses"
  static let help =
    "reserve the memory without compatible, with no-map, in the tree of the machine that serves the devices"
  static let exceptions = """
    Where nobody named the memory, a pool at the same addresses in both may be each machine's own, served \
    by its VMM: then it is a warning, and where the addresses differ, nothing.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init", "swiotlb_init_io_tlb_pool")
  ]
  static let goodPairs = [
    PairExamples.pair,
    PairExample([
      PairExamples.frontend(), PairExamples.backend(),
      PairExamples.frontend(
        "other.dtb", node: "own@60000000", reg: "<0x0 0x60000000 0x0 0x1000000>"),
    ]),
  ]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend(),
        PairExamples.frontend("backend.dtb", nodeMark: PairExamples.finding),
      ], settings: SharingSettings(selections: ["vrings"]), note: "`--share vrings` names it.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares
    where share.parties.count > 1 && share.frontends.count == share.parties.count {
      report(
        "the region is a pool of the machine's own devices, as it is in every other machine",
        at: .node(of: share.parties[1]), found: share.parties[1].what,
        expected: "a reserved region in the machine that serves the devices",
        related: (share.parties[..<1] + share.parties[2...]).prefix(4).map {
          PairParty("is a \($0.what)", at: .node(of: $0))
        }, severity: share.origin == .proposed ? .warning : nil)
    }
  }
}
