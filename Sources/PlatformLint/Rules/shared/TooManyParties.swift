import Diagnostics
import GuestView

/// No more machines may have shared memory than are said to.
enum TooManyParties: PairRule {
  static let id = "shared/too-many-parties"
  static let severity = Severity.error
  static let summary = "more machines have the memory than share it"
  static let rationale = """
    What a frontend and its backend exchange is nobody else's. A third machine that has the same memory \
    reads all of the frontend's I/O, and can change it.
    """
  static let consequence = "the machine reads, and may change, what two others exchange"
  static let help = "take the region out of the tree, or say how many share it: --parties NAME=3"
  static let exceptions = """
    Memory whose parties a description names, or for which a number is given. A second frontend is \
    never right, of which shared/two-frontends tells.
    """
  static let sources = [
    Source.program(
      "Xen c447b7308b", "xen/common/device-tree/static-shmem.c, an owner and its borrowers"),
    .virtio("2.7.5"),
  ]
  static let goodPairs = [
    PairExample(
      [PairExamples.frontend(), PairExamples.backend(), PairExamples.backend("monitor.dtb")],
      settings: SharingSettings(parties: ["vrings@50000000": 3]))
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(), PairExamples.backend(),
      PairExamples.backend("monitor.dtb", nodeMark: PairExamples.finding),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where share.origin != .declared {
      // Of several frontends one is right at the most.
      let counted = share.frontends.prefix(1) + share.parties.filter { $0.role != .frontend }
      let most = view.mostParties(of: share)
      guard counted.count > most else { continue }
      for party in counted.sorted(by: { $0.machine < $1.machine }).dropFirst(most) {
        report(
          "the memory has \(counted.count) parties", at: .node(of: party),
          found: party.what, expected: "\(most) at the most",
          related: counted.filter { $0.machine != party.machine }.prefix(4).map {
            PairParty("is a party", at: .node(of: $0))
          })
      }
    }
  }
}
