import Diagnostics
import GuestView

/// The backend's kernel should not map shared memory by itself.
enum BackendRegionMapped: PairRule {
  static let id = "shared/backend-region-mapped"
  static let severity = Severity.warning
  static let summary = "the kernel of the machine that serves shared memory maps it like its own"
  static let rationale = """
    Without no-map a reserved region is kept from the allocator and stays in the kernel's own map of \
    memory: a stray pointer, a crash dump or hibernation reads and writes another machine's buffers, and a \
    second mapping by the backend's driver has to have the same attributes.
    """
  static let consequence =
    "it works, as long as nothing goes through all of memory, and the driver maps the region like memory"
  static let help = "add no-map to the region in the tree of the backend"
  static let exceptions = """
    A region outside of the backend's memory, which nothing maps by itself. Of a shared-dma-pool, \
    dma/coherent-pool-mapped tells.
    """
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "early_init_dt_reserve_memory"),
    .schema("schemas/reserved-memory/reserved-memory.yaml"),
  ]
  static let goodPairs = [
    PairExamples.pair,
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        extra: "",
        more: """
          &memory {
            reg = <0x0 0x40000000 0x0 0x8000000>;
          };
          """),
    ]),
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(nodeMark: PairExamples.finding, extra: ""),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.backends {
        let memory = view.machine(of: party).view.memorySet
        guard let range = party.range, memory.overlaps(range) else { continue }
        switch party.kind {
        case .region(let region): guard region.kind == .plain, !region.isUnmapped else { continue }
        case .claim(let claim): guard claim.kind == .memoryReservation else { continue }
        }
        report(
          "the region is in the kernel's map of memory", at: .node(of: party),
          found: "\(range) in memory, without no-map", expected: "no-map",
          related: share.reference("is what is shared"))
      }
    }
  }
}
