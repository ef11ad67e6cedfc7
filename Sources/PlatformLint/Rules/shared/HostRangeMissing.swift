import Diagnostics
import GuestView

/// The host must have memory behind all that a tree says is memory.
enum HostRangeMissing: PairRule {
  static let id = "shared/host-range-missing"
  static let severity = Severity.error
  static let summary = "the host has nothing behind memory of a machine"
  static let rationale = """
    A guest uses all memory that its tree describes, and a share wherever its reg says. Where the \
    hypervisor has mapped nothing there, an access faults.
    """
  static let consequence =
    "the guest, or the device that reaches there first, is stopped by a fault"
  static let help = "map memory of the host there, or take the addresses out of the tree"
  static let exceptions = "Regions with no-map in which no share is."
  static let sources = [
    Source.linux("drivers/of/fdt.c", "early_init_dt_scan_memory"), .devicetree("3.4"),
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
              reg = <0x0 0x40000000 0x0 0x20000000>,  // finding
                    <0x1 0x0 0x0 0x10000000>;
            };
            """),
      ], hostMap: HostMaps.good, note: "The host's map has nothing at 0x100000000.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    guard let map = view.hostMap else { return }
    for (machine, seen) in view.machines.enumerated() {
      // What a kernel never maps need not be there, unless it is shared.
      let unmapped = seen.view.regions.filter(\.isUnmapped).flatMap { $0.entries.map(\.range) }
      for bank in seen.view.memory {
        guard let gap = map.gap(in: bank.range, of: machine, besides: unmapped) else { continue }
        report(
          "the host has nothing behind a part of this memory",
          at: .tree(
            machine,
            .element(bank.property, bank.cells.lowerBound / bank.cells.count, cells: bank.cells)),
          found: "nothing at \(gap)", expected: "memory of the host")
      }
    }
    for share in view.shares {
      for party in share.parties {
        guard let range = party.range, party.claim?.kind != .memory,
          let gap = map.gap(in: range, of: party.machine)
        else { continue }
        let isTold =
          view.machine(of: party).view.memorySet.overlaps(gap)
          && !(party.region?.isUnmapped ?? false)
        if isTold { continue }
        report(
          "the host has nothing behind a part of this share", at: .range(of: party),
          found: "nothing at \(gap)", expected: "memory of the host")
      }
    }
  }
}
