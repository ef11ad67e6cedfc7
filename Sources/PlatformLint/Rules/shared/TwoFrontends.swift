import Diagnostics
import GuestView

/// Two machines' devices must not bounce through one memory.
enum TwoFrontends: PairRule {
  static let id = "shared/two-frontends"
  static let severity = Severity.error
  static let summary = "the devices of two machines bounce through the same memory"
  static let rationale = """
    Each kernel takes a restricted pool for its own: it clears it when the first device attaches, and \
    hands slots out without a look at anybody else. And each machine reads what the other sends.
    """
  static let consequence = "each kernel clears and overwrites rings and buffers of the other"
  static let help = "give each frontend a region of its own, and the backend both"
  static let sources = [
    Source.linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init", "swiotlb_find_slots")
  ]
  static let goodPairs = [
    PairExample([
      PairExamples.frontend("one.dtb", node: "one@50000000"),
      PairExamples.frontend(
        "two.dtb", node: "two@52000000", reg: "<0x0 0x52000000 0x0 0x1000000>"),
      PairExample.Machine(
        "backend.dtb",
        """
        &reserved {
          one@50000000 {
            reg = <0x0 0x50000000 0x0 0x1000000>;
            no-map;
          };
          two@52000000 {
            reg = <0x0 0x52000000 0x0 0x1000000>;
            no-map;
          };
        };
        """),
    ])
  ]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend("one.dtb"),
        PairExamples.frontend("two.dtb", nodeMark: PairExamples.finding),
        PairExamples.backend(),
      ], settings: SharingSettings(selections: ["vrings"]), note: "`--share vrings` names it.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where !share.backends.isEmpty {
      let frontends = share.frontends
      for other in frontends.dropFirst() {
        report(
          "the region is a pool of \(view.machine(of: frontends[0]).name) too",
          at: .node(of: other),
          found: other.what, expected: "one machine whose devices bounce through it",
          related: [PairParty("is a \(frontends[0].what)", at: .node(of: frontends[0]))])
      }
    }
  }
}
