import Diagnostics
import GuestView

/// Both machines must have as much of the memory that they share.
enum SizeDiffers: PairRule {
  static let id = "shared/size-differs"
  static let severity = Severity.error
  static let summary = "two machines have different amounts of the memory that they share"
  static let rationale = """
    A pool is used to its end: its slots are searched from where the last one was found. What the other \
    machine doesn't have of it, it can't read, and what it has beyond it, nobody writes.
    """
  static let consequence =
    "I/O works until a buffer lies where the backend has nothing, or something of its own"
  static let help = "give the region the same size in both trees"
  static let exceptions = """
    Where the backend has all of the frontend's memory and more, the finding is a warning: it reaches \
    what it has to, and perhaps something that it should not.
    """
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "swiotlb_search_pool_area"), .virtio("2.7.5"),
  ]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        reg: "<0x0 0x50000000 0x0 0x800000>", mark: PairExamples.finding),
    ]),
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        reg: "<0x0 0x50000000 0x0 0x2000000>", mark: PairExamples.finding),
    ]),
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for (party, range, relation) in share.differing {
        guard relation == .larger || relation == .smaller, let expected = share.expected?.range
        else { continue }
        let isLarger = relation == .larger
        report(
          isLarger
            ? "the region holds more than what is shared"
            : "the region holds a part of what is shared",
          at: .range(of: party), found: "\(range)", expected: "\(expected)",
          related: share.reference("is what is shared"),
          severity: isLarger && party.role == .backend ? .warning : nil)
      }
    }
  }
}
