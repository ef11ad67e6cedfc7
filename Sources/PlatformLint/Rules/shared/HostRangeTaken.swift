import Diagnostics
import GuestView

/// Memory of the host is one machine's alone, unless it is shared.
enum HostRangeTaken: PairRule {
  static let id = "shared/host-range-taken"
  static let severity = Severity.error
  static let summary = "two machines have the same memory of the host, and don't share it"
  static let rationale = """
    What two machines have and neither knows of, both use for themselves. And whoever owns one of them \
    reads and changes the other.
    """
  static let consequence = "each machine overwrites the other's memory, and can read all of it"
  static let help = "give each machine memory of its own, or reserve what is shared in both trees"
  static let exceptions = "What is shared, as far as both trees have the share at those addresses."
  static let sources = [
    Source.program(
      "Xen c447b7308b",
      "xen/common/device-tree/static-shmem.c, which refuses banks that overlap")
  ]
  static let needs: Inputs = [.machines, .hostMap]
  static let goodPairs = [
    PairExample([PairExamples.frontend(), PairExamples.backend()], hostMap: HostMaps.good)
  ]
  static let badPairs = [
    PairExample(
      [
        PairExamples.frontend(),
        PairExamples.backend(
          more: """
            &memory {
              reg = <0x0 0x40000000 0x0 0x40000000>;  // finding
            };
            """),
      ], hostMap: HostMaps.map(backend: 0x8_a000_0000),
      note: "The host has the start of the backend's memory at 0x8a0000000, in the frontend's.")
  ]

  /// Memory of the host, and whose it is.
  private struct Item {
    let machine: Int
    let entry: HostMap.Entry
  }

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    guard let map = view.hostMap else { return }
    var items: [Item] = []
    for (machine, entries) in map.machines.enumerated() {
      items += entries.map { Item(machine: machine, entry: $0) }
    }
    items.sort { ($0.entry.host, $0.machine) < ($1.entry.host, $1.machine) }
    for (one, other) in Overlaps.pairs(among: items, by: \.entry.host) {
      guard let common = one.entry.host.intersection(other.entry.host),
        let first = one.entry.guest(of: common), let second = other.entry.guest(of: common)
      else { continue }
      let (early, late) =
        one.machine <= other.machine
        ? ((one, first), (other, second)) : ((other, second), (one, first))
      if early.0.machine != late.0.machine,
        isShared(early.0.machine, early.1, late.0.machine, late.1, view, map)
      {
        continue
      }
      let isOwn = early.0.machine == late.0.machine
      report(
        isOwn
          ? "the machine has the memory of the host behind this twice"
          : "\(view.machines[early.0.machine].name) has the memory of the host behind this too",
        at: .memory(at: late.1, in: late.0.machine, view),
        found: "\(common) of the host at \(late.1)",
        expected: isOwn ? "one address for it" : "memory of its own, or a share at these addresses",
        related: [
          PairParty("has it at \(early.1)", at: .memory(at: early.1, in: early.0.machine, view)),
          PairParty("gives it", at: .host(late.0.entry.location)),
          PairParty("gives it too", at: .host(early.0.entry.location)),
        ])
    }
  }

  /// Whether one share has both ranges, each in its machine, or the host's part of a share is amiss, of
  /// which shared/host-range-differs tells.
  private static func isShared(
    _ one: Int, _ first: AddressRange, _ other: Int, _ second: AddressRange,
    _ view: MachinesView, _ map: HostMap
  ) -> Bool {
    view.shares.contains { share in
      func range(_ machine: Int) -> AddressRange? {
        share.parties.first { $0.machine == machine }?.range
      }
      guard let here = range(one), let there = range(other) else { return false }
      if here.contains(first), there.contains(second) { return true }
      return here.overlaps(first) && there.overlaps(second)
        && map.pieces(of: here, in: one) != map.pieces(of: there, in: other)
    }
  }
}
