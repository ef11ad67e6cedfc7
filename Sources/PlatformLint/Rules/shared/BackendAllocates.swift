import Diagnostics
import GuestView

/// The kernel of the backend must not use shared memory for itself.
enum BackendAllocates: PairRule {
  static let id = "shared/backend-allocates"
  static let severity = Severity.error
  static let summary = "the kernel of the machine that serves shared memory allocates from it"
  static let rationale = """
    Memory that a tree describes and doesn't reserve is the kernel's: it puts page tables, code and the \
    data of processes there. A region with reusable is no exception, since the contiguous allocator lends \
    it out until a driver asks for it.
    """
  static let consequence =
    "the kernel of the backend and the frontend's devices write over each other's data"
  static let help =
    "reserve the addresses in the tree of the backend, with no-map and without reusable"
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_memory"),
    .linux("kernel/dma/contiguous.c", "rmem_cma_setup"),
  ]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend(),
        PairExample.Machine(
          "backend.dtb",
          """
          &memory {
            reg = <0x0 0x40000000 0x0 0x40000000>;  // finding
          };
          """),
      ], settings: SharingSettings(selections: ["vrings"]), note: "`--share vrings` names it."),
    PairExample([
      PairExamples.frontend(),
      PairExample.Machine(
        "backend.dtb",
        """
        &memory {
          reg = <0x0 0x40000000 0x0 0x10000000>,  // finding
                <0x0 0x50000000 0x0 0x1000000>;
        };
        """),
    ]),
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        nodeMark: PairExamples.finding,
        extra: """
          compatible = "shared-dma-pool";
          reusable;
          """),
    ]),
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares {
      for party in share.backends {
        let isReusable = party.region?.kind == .contiguous
        guard isReusable || party.claim?.kind == .memory else { continue }
        report(
          isReusable
            ? "the contiguous allocator lends the region out"
            : "the shared addresses are ordinary memory here",
          at: .node(of: party), found: party.range.map { "\(party.what) at \($0)" },
          expected: share.expected.map { "a reserved region at \($0.range)" },
          related: share.reference("is what is shared"))
      }
    }
  }
}
