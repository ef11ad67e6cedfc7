import DeviceTree
import Diagnostics
import GuestView

/// Memory that one domain alone has is shared with nobody.
enum XenShareAlone: Rule {
  static let id = "shared/xen-share-alone"
  static let severity = Severity.warning
  static let summary = "no other domain of Xen has memory with this identifier"
  static let rationale = """
    Xen matches identifiers character by character. Where none matches, each domain gets memory of its own, and \
    Xen says nothing, because a domain that comes later might be meant.
    """
  static let consequence = "the domains start, and what one writes no other sees"
  static let help = "write the identifier the same in each domain, or leave the share out"
  static let sources = [
    Source.program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm_node"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let silencedBy: [any Rule.Type] = [XenOwnerUnclear.self]
  static let good = [XenExamples.host([XenExamples.share()], [XenExamples.share()])]
  static let bad = [
    XenExamples.host(
      [XenExamples.share(id: "vrings", idMark: true)],
      [
        XenExamples.share(
          id: "vring", extent: "<0x0 0x71000000 0x0 0x50000000 0x0 0x1000000>", idMark: true)
      ])
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for group in report.shared.xenDomains.groups where group.shares.count == 1 {
      guard let property = group.shares[0].idProperty else { continue }
      report(
        "no other domain has memory with the identifier '\(group.id)'", at: .property(property))
    }
  }
}
