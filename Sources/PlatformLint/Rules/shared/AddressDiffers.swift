import Diagnostics
import GuestView

/// Both machines must have shared memory at one guest-physical address.
enum AddressDiffers: PairRule {
  static let id = "shared/address-differs"
  static let severity = Severity.error
  static let summary = "two machines have the memory that they share at different addresses"
  static let rationale = """
    A virtqueue carries the guest-physical addresses of the machine whose driver filled it. A backend in \
    another machine takes them as its own, because nothing translates between the two: where it has the \
    memory elsewhere, it reads and writes something else.
    """
  static let consequence =
    "the backend follows addresses into other memory of its own, or into none, and no I/O is ever completed"
  static let help = "give the region the same first address in both trees"
  static let exceptions = """
    A region that holds all of the other one, of which shared/size-differs tells. Memory that Xen shares \
    and through which no device bounces has a rule of its own, shared/xen-address-differs.
    """
  static let sources = [
    Source.virtio("2.7.5"), .linux("kernel/dma/swiotlb.c", "swiotlb_map"),
    .program(
      "Xen c447b7308b",
      "xen/common/device-tree/static-shmem.c, which compares the addresses of the host alone"),
  ]
  static let goodPairs = [
    PairExamples.pair,
    PairExample([
      PairExamples.frontend(node: "ring@50000000"), PairExamples.backend(node: "shm@50000000"),
    ]),
  ]
  static let badPairs = [
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        node: "vrings@60000000", reg: "<0x0 0x60000000 0x0 0x1000000>", mark: PairExamples.finding),
    ]),
    PairExample([
      PairExamples.frontend(),
      PairExamples.backend(
        node: "shm@50800000", reg: "<0x0 0x50800000 0x0 0x1000000>", mark: PairExamples.finding),
    ]),
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    for share in view.shares where !share.isPlainXenMemory {
      for (party, range, relation) in share.differing where relation == .elsewhere {
        let isServed = share.expected?.party?.role == .frontend && party.role == .backend
        report(
          share.declaredRange == nil
            ? "the region has another address than \(isServed ? "the frontend's" : "the other machine's")"
            : "the region is not where \(share.name) was declared",
          at: .range(of: party), found: "\(range)",
          expected: share.expected.map { "\($0.range)" },
          related: share.reference("is where \(isServed ? "its virtqueues point" : "the other is")")
        )
      }
    }
  }
}
