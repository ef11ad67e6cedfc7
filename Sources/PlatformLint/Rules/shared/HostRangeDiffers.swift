import Diagnostics
import GuestView

/// Shared memory must be the same memory of the host in every machine.
enum HostRangeDiffers: PairRule {
  static let id = "shared/host-range-differs"
  static let severity = Severity.error
  static let summary = "the host has different memory behind what two machines share"
  static let rationale = """
    Equal guest-physical addresses are only half of it: the hypervisor has to put the same memory behind \
    them. Where it doesn't, each machine writes into memory that the other never sees.
    """
  static let consequence = "nothing that the frontend writes ever reaches the backend"
  static let help = "map the same range of the host at the shared addresses of each machine"
  static let exceptions =
    "Shares of which a machine has no address, or none of whose memory is mapped."
  static let sources = [
    Source.program("Xen c447b7308b", "xen/common/device-tree/static-shmem.c, process_shm")
  ]
  static let needs: Inputs = [.machines, .hostMap]
  static let goodPairs = [
    PairExample([PairExamples.frontend(), PairExamples.backend()], hostMap: HostMaps.good)
  ]
  static let badPairs = [
    PairExample(
      [PairExamples.frontend(), PairExamples.backend(mark: PairExamples.finding)],
      hostMap: HostMaps.map(share: 0x9_7000_0000),
      note: """
        The host has the backend's part at 0x970000000, and the frontend's at 0x890000000.
        """)
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    guard let map = view.hostMap else { return }
    for share in view.shares {
      var first: (party: SharedParty, pieces: [HostMap.Piece])?
      for party in share.frontends + share.parties.filter({ $0.role != .frontend }) {
        guard let range = party.range.flatMap({ common($0, share) }) else { continue }
        let pieces = map.pieces(of: range, in: party.machine)
        if pieces.isEmpty { continue }
        guard let known = first else {
          first = (party, pieces)
          continue
        }
        guard pieces != known.pieces else { continue }
        report(
          "the host has other memory behind the region than in \(view.machine(of: known.party).name)",
          at: .range(of: party), found: text(pieces), expected: text(known.pieces),
          related: [PairParty("is the same share", at: .range(of: known.party))]
            + map.locations(of: range, in: party.machine).map {
              PairParty("says where the host has it", at: .host($0))
            })
      }
    }
  }

  /// What of `range` is shared: a region may hold more.
  private static func common(_ range: AddressRange, _ share: SharedRegion) -> AddressRange? {
    share.expected.map { range.intersection($0.range) ?? range }
  }

  private static func text(_ pieces: [HostMap.Piece]) -> String {
    let shown = pieces.prefix(4).map { "\($0.host)" }.joined(separator: ", ")
    return "host memory \(shown)\(pieces.count > 4 ? ", and more" : "")"
  }
}
