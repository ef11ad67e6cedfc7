import Diagnostics
import GuestView

/// Memory that Xen shares should have one guest-physical address.
enum XenAddressDiffers: PairRule {
  static let id = "shared/xen-address-differs"
  static let severity = Severity.warning
  static let summary = "two machines have memory with one xen,id at different addresses"
  static let rationale = """
    Xen compares the identifiers, the host's addresses and the sizes; where each domain sees the memory is \
    up to its configuration, and nothing says whether it has to be the same. Whoever keeps addresses in \
    that memory, as virtqueues do, needs it to be.
    """
  static let consequence =
    "each machine finds the memory, and addresses that one of them keeps in it mislead the other"
  static let help =
    "give xen,shared-mem the same guest address in both domains, or allow the finding"
  static let exceptions = """
    Where devices of a machine bounce through the memory, it is an error: shared/address-differs.
    """
  static let sources = [
    Source.program("Xen c447b7308b", "xen/common/device-tree/static-shmem.c, process_shm"),
    .binding("reserved-memory/xen,shared-memory.txt"),
  ]
  static let goodPairs = [
    PairExample([
      machine("one.dtb", at: "0x50000000"), machine("other.dtb", at: "0x50000000"),
    ])
  ]
  static let badPairs = [
    PairExample([
      machine("one.dtb", at: "0x50000000"),
      machine("other.dtb", at: "0x58000000", mark: "  // finding"),
    ])
  ]

  private static func machine(
    _ name: String, at address: String, mark: String = ""
  ) -> PairExample.Machine {
    PairExample.Machine(
      name,
      """
      &reserved {
        xen-shmem@\(address.dropFirst(2)) {
          compatible = "xen,shared-memory-v1";
          reg = <0x0 \(address) 0x0 0x1000000>;\(mark)
          xen,id = "link";
          xen,offset = <0x0 0x0>;
        };
      };
      """)
  }

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where share.isPlainXenMemory {
      for (party, range, relation) in share.differing where relation == .elsewhere {
        report(
          "the memory '\(share.name)' has another address than in the other machine",
          at: .range(of: party), found: "\(range)",
          expected: share.expected.map { "\($0.range)" },
          related: share.reference("is where the other machine has it"))
      }
    }
  }
}
