import Diagnostics
import GuestView

/// The addresses of shared memory must be nothing else in any machine that has it.
enum AddressesTaken: PairRule {
  static let id = "shared/addresses-taken"
  static let severity = Severity.error
  static let summary = "something else of a machine has addresses of shared memory"
  static let rationale = """
    One guest-physical address is one thing. Where a device's registers or a window of a PCI host lie over \
    shared memory, what the hypervisor maps there decides who is reached; and of two shares that overlap, \
    one has its buffers in the other's.
    """
  static let consequence =
    "the backend reaches registers where it looks for buffers, or the buffers of another share"
  static let help = "move one of the two"
  static let exceptions = """
    The registers of a device that are exactly the shared memory: so a driver of the backend finds it. Of \
    reserved regions that overlap, and of windows over memory, memory/region-overlap and \
    memory/window-over-memory tell.
    """
  static let sources = [
    Source.linux("kernel/resource.c", "__request_resource"), .virtio("2.7.5"),
  ]
  static let goodPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        more: """
          / {
            rings@50000000 {
              compatible = "generic-uio";
              reg = <0x0 0x50000000 0x0 0x1000000>;
            };
          };
          """),
    ])
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        more: """
          / {
            rtc@50800000 {
              compatible = "vendor,rtc";
              reg = <0x0 0x50800000 0x0 0x1000>;  // finding
            };
          };
          """),
    ])
  ]

  /// What has addresses: a claim, or a party of a share.
  private struct Item {
    let range: AddressRange
    var claim: Claim?
    var party: SharedParty?
    var share = -1
  }

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for (machine, seen) in view.machines.enumerated() {
      var items: [Item] = []
      for (number, share) in view.shares.enumerated() {
        for party in share.parties where party.machine == machine {
          guard let range = party.range, party.claim?.kind != .memory else { continue }
          items.append(Item(range: range, party: party, share: number))
        }
      }
      if items.isEmpty { continue }
      items += seen.view.addressMap.claims(.deviceWindow, .pciWindow).map {
        Item(range: $0.range, claim: $0)
      }
      items.sort { ($0.range, $0.share) < ($1.range, $1.share) }
      let unmapped = RangeSet(
        seen.view.regions.filter(\.isUnmapped).flatMap { $0.entries.map(\.range) })
      for (one, other) in Overlaps.pairs(among: items, by: \.range) {
        if let party = one.party ?? other.party, let claim = one.claim ?? other.claim {
          guard claim.range != party.range,
            unmapped.contains(claim.range) || !seen.view.memorySet.overlaps(claim.range)
          else { continue }
          report(
            "the window lies over memory that is shared", at: .tree(machine, .claim(claim)),
            found: "\(claim.range)",
            expected: "nothing in common with the shared \(one.party?.range ?? other.range)",
            related: [PairParty("is shared", at: .range(of: party))])
        } else if let party = one.party, let second = other.party, one.share != other.share,
          party.region == nil || second.region == nil
        {
          report(
            "the memory is part of another share too", at: .range(of: second),
            found: "\(other.range)", expected: "nothing in common with \(one.range)",
            related: [
              PairParty("is shared as \(view.shares[one.share].name)", at: .range(of: party))
            ])
        }
      }
    }
  }
}
