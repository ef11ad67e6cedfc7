import Diagnostics
import GuestView

/// A hypervisor maps whole granules: shared memory must start and end at one.
enum GranuleMisaligned: PairRule {
  static let id = "shared/granule-misaligned"
  static let severity = Severity.error
  static let summary = "shared memory doesn't start and end at a granule of the hypervisor"
  static let rationale = """
    The second stage of translation maps pages of one size, and each guest has pages of its own: with \
    64 KiB all that arm64 has are served. What is no whole number of them is shared together with what lies \
    beside it, or not to its end.
    """
  static let consequence =
    "the hypervisor refuses the region, or shares private memory that lies in the same page"
  static let help =
    "make the first address and the size multiples of 64 KiB, or state the granule with --granule"
  static let exceptions = """
    That the base of a pool should be a multiple of 256 KiB for its largest blocks is for \
    dma/pool-loosely-aligned.
    """
  static let sources = [
    Source.program("crosvm f1e797a68d", "restricted_dma_reserved, aligned to 64 KiB"),
    .linux("arch/arm64/mm/mem_encrypt.c", "set_memory_decrypted"),
  ]
  static let goodPairs = [
    PairExamples.pair,
    PairExample(
      [
        PairExamples.frontend(reg: "<0x0 0x50000000 0x0 0x1001000>"),
        PairExamples.backend(reg: "<0x0 0x50000000 0x0 0x1001000>"),
      ], settings: SharingSettings(granule: 4096)),
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(
        reg: "<0x0 0x50000000 0x0 0x1001000>", mark: PairExamples.finding),
      PairExamples.backend(reg: "<0x0 0x50000000 0x0 0x1001000>"),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    let granule = view.settings.granule
    guard granule > 1 else { return }
    for share in view.shares where !share.isPlainXenMemory {
      guard let (range, reference) = share.expected, let party = reference ?? share.parties.first
      else { continue }
      let isAligned = range.first % granule == 0
      guard !isAligned || range.size % UInt128(granule) != 0 else { continue }
      report(
        isAligned ? "the size is no whole number of granules" : "the base is not at a granule",
        at: .range(of: party),
        found: isAligned ? ByteText.hexAndSize(range.size) : ByteText.hex(range.first),
        expected: "a multiple of \(ByteText.hexAndSize(granule))")
    }
  }
}
