import Diagnostics
import GuestView

/// Shared memory for virtqueues must be a restricted pool in the machine that has the devices.
enum NoFrontend: PairRule {
  static let id = "shared/no-frontend"
  static let severity = Severity.error
  static let summary = "no device of any machine bounces through the memory that they share"
  static let rationale = """
    Linux puts rings and buffers into memory that another machine can reach only where a restricted pool \
    makes it: without one they lie anywhere in the frontend's memory, of which the backend has nothing.
    """
  static let consequence =
    "the frontend's virtqueues are in memory of its own, which the backend can't read"
  static let help =
    "make the region a restricted-dma-pool in the tree of the frontend, and name it in memory-region of its devices"
  static let exceptions = """
    Memory that nobody named, and memory that Xen shares: it may be for something other than virtqueues. \
    Where devices refer to a region that is no pool, dma/memory-region-without-pool tells.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("kernel/dma/swiotlb.c", "rmem_swiotlb_device_init"),
  ]
  static let goodPairs = [
    PairExample(
      [PairExamples.frontend(), PairExamples.backend()],
      settings: SharingSettings(selections: ["vrings"]))
  ]
  static let badPairs = [
    PairExample(
      [
        PairExamples.backend("frontend.dtb", nodeMark: PairExamples.finding),
        PairExamples.backend(),
      ], settings: SharingSettings(selections: ["vrings"]), note: "`--share vrings` names it.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where share.isStated {
      for party in share.frontends
      where party.isRoleDeclared && !party.isPool && party.devices.isEmpty {
        report(
          "the region is said to be the frontend's, and is no restricted pool",
          at: .node(of: party),
          found: party.what, expected: "a restricted-dma-pool")
      }
      guard share.frontends.isEmpty, !share.isPlain, share.parties.count > 1,
        let party = share.parties.first
      else { continue }
      report(
        "the region is no restricted pool in any machine", at: .node(of: party), found: party.what,
        expected: "a restricted-dma-pool in one of them",
        related: share.parties.dropFirst().prefix(4).map {
          PairParty("is \($0.what)", at: .node(of: $0))
        })
    }
  }
}
