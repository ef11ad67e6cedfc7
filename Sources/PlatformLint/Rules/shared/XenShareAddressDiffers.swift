import DeviceTree
import Diagnostics
import GuestView

/// Memory that domains of Xen share should have one guest-physical address.
enum XenShareAddressDiffers: Rule {
  static let id = "shared/xen-share-address-differs"
  static let severity = Severity.warning
  static let summary = "domains of Xen have memory with one identifier at different addresses"
  static let rationale = """
    Xen compares the identifiers, the host's addresses and the sizes; where each domain sees the memory is up to its \
    node. Whoever keeps addresses in that memory, as virtqueues do, needs it to be the same.
    """
  static let consequence =
    "the domains start and find the memory, and addresses that one of them keeps in it mislead the other"
  static let help =
    "give the memory the same guest address in each domain, or allow the finding where no words in it are addresses"
  static let sources = [
    .program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm"),
    Source.program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [XenExamples.host([XenExamples.share()], [XenExamples.share()])]
  static let bad = [
    XenExamples.host(
      [XenExamples.share()],
      [XenExamples.share(extent: "<0x0 0x70000000 0x0 0x58000000 0x0 0x1000000>", extentMark: true)]
    )
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for group in report.shared.xenDomains.groups {
      guard let first = group.shares.first(where: { $0.extent != nil }), let wanted = first.extent,
        let reference = first.extentProperty
      else { continue }
      for share in group.shares {
        guard let extent = share.extent, let property = share.extentProperty,
          extent.guest != wanted.guest, extent.size == wanted.size, extent.host == wanted.host
        else { continue }
        report(
          "the domain has the memory at another address than another domain",
          at: .property(property), found: ByteText.hex(extent.guest),
          expected: ByteText.hex(wanted.guest),
          related: [Party("has '\(group.id)' there", at: .property(reference))])
      }
    }
  }
}
