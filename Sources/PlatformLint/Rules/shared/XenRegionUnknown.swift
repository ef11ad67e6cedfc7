import DeviceTree
import Diagnostics
import GuestView

/// What a guest has as memory that Xen shares should be what Xen was told.
enum XenRegionUnknown: PairRule {
  static let id = "shared/xen-region-unknown"
  static let severity = Severity.error
  static let summary = "a guest has memory of Xen's that no domain is given"
  static let rationale = """
    Xen writes a region into the guest's tree for each node of its domain with xen,domain-shared-memory-v1: xen,id \
    is the xen,shm-id, and reg the guest's address and the size. A guest's tree that was made beforehand has to say \
    the same.
    """
  static let consequence =
    "the guest's driver finds no memory behind the region, or other memory than its partner's"
  static let help = "make the region of xen,id, guest address and size of a domain's xen,shared-mem"
  static let exceptions = "Where no tree is one that Xen boots with, there is nothing to compare."
  static let sources = [
    Source.program(
      "Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, make_shm_resv_memory_node"),
    .binding("reserved-memory/xen,shared-memory.txt"),
  ]
  static let goodPairs = [
    PairExample([
      XenExamples.host(named: "xen.dtb", [XenExamples.share()], [XenExamples.share()]),
      XenExamples.guest("one.dtb"), XenExamples.guest("other.dtb"),
    ])
  ]
  static let badPairs = [
    PairExample([
      XenExamples.host(named: "xen.dtb", [XenExamples.share()], [XenExamples.share()]),
      XenExamples.guest("one.dtb", at: "0x58000000", mark: true),
    ]),
    PairExample([
      XenExamples.host(named: "xen.dtb", [XenExamples.share()], [XenExamples.share()]),
      XenExamples.guest("one.dtb", id: "vring", idMark: true),
    ]),
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    var given: [String: [(machine: Int, share: XenShare)]] = [:]
    for (machine, seen) in view.machines.enumerated() {
      for group in XenDomains(seen.view).groups {
        given[group.id, default: []] += group.shares.map { (machine, $0) }
      }
    }
    guard !given.isEmpty else { return }
    for (machine, seen) in view.machines.enumerated() {
      for region in seen.view.regions where region.node.isCompatible("xen,shared-memory-v1") {
        guard let property = region.node.property("xen,id"), let id = property.string,
          let range = region.range
        else { continue }
        guard let shares = given[id] else {
          report(
            "no domain has memory with the identifier '\(id)'",
            at: .tree(machine, .property(property)), found: "'\(id)'",
            expected: given.keys.sorted().map { "'\($0)'" }.joined(separator: " or "))
          continue
        }
        guard !shares.contains(where: { $0.share.extent?.guestRange == range }),
          let reg = region.node.property("reg"), let entry = region.entries.first
        else { continue }
        let places = shares.compactMap { share in
          share.share.extentProperty.map {
            PairParty("is what Xen is told of '\(id)'", at: .tree(share.machine, .property($0)))
          }
        }
        report(
          "no domain has '\(id)' at these addresses",
          at: .tree(machine, .element(reg, 0, cells: entry.cells)), found: "\(range)",
          related: Array(places.prefix(2)))
      }
    }
  }
}
