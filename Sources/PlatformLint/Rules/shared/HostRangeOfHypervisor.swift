import Diagnostics
import GuestView

/// No machine may have memory that the hypervisor keeps.
enum HostRangeOfHypervisor: PairRule {
  static let id = "shared/host-range-of-hypervisor"
  static let severity = Severity.error
  static let summary = "a machine is given memory that the hypervisor keeps for itself"
  static let rationale = """
    Whoever can write the hypervisor's memory is no longer isolated by it: its code, the tables of the \
    second stage and other machines' states are there.
    """
  static let consequence =
    "the guest can read and change the hypervisor, and through it every machine"
  static let help = "give the machine other memory of the host"
  static let sources = [
    Source.program("Xen c447b7308b", "xen/common/device-tree/static-shmem.c, process_shm")
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
      ], hostMap: HostMaps.map(hypervisor: 0x9_0000_0000),
      note:
        "The hypervisor keeps 0x900000000..0x900ffffff, where the host has memory of the backend.")
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    guard let map = view.hostMap else { return }
    for (machine, entries) in map.machines.enumerated() {
      for entry in entries {
        for kept in map.hypervisor {
          guard let common = entry.host.intersection(kept.host), let guest = entry.guest(of: common)
          else { continue }
          report(
            "the hypervisor keeps memory that is behind this",
            at: .memory(at: guest, in: machine, view),
            found: "\(common) of the host at \(guest)",
            expected: "nothing in common with \(kept.name) at \(kept.host)",
            related: [
              PairParty("gives it to the machine", at: .host(entry.location)),
              PairParty("keeps it", at: .host(kept.location)),
            ])
        }
      }
    }
  }
}
