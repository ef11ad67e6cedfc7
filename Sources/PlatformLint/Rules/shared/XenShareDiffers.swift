import DeviceTree
import Diagnostics
import GuestView

/// One identifier is one memory of the host, equally large for all.
enum XenShareDiffers: Rule {
  static let id = "shared/xen-share-differs"
  static let severity = Severity.error
  static let summary = "domains of Xen say different things of memory with one identifier"
  static let rationale = """
    Size and, where it is said, the host's address have to be the same in each node with one xen,shm-id. Where \
    one domain leaves the address to Xen, all have to: the others' first number would be read as the guest's \
    address.
    """
  static let consequence = """
    no domain is started, and Xen logs 'fdt: different shared memory region could not share the same shm ID'
    """
  static let help =
    "give each node of the memory the same size and the same address of the host, or none of them one"
  static let sources = [
    Source.program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm_node"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [XenExamples.host([XenExamples.share()], [XenExamples.share()])]
  static let bad = [
    XenExamples.host(
      [XenExamples.share()],
      [XenExamples.share(extent: "<0x0 0x70000000 0x0 0x50000000 0x0 0x800000>", extentMark: true)]),
    XenExamples.host(
      [XenExamples.share()],
      [XenExamples.share(extent: "<0x0 0x72000000 0x0 0x50000000 0x0 0x1000000>", extentMark: true)]
    ),
    XenExamples.host(
      [XenExamples.share()],
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x1000000>", extentMark: true)]),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for group in report.shared.xenDomains.groups {
      guard let first = group.shares.first(where: { $0.extent != nil }), let wanted = first.extent,
        let reference = first.extentProperty
      else { continue }
      for share in group.shares where share.node != first.node {
        guard let extent = share.extent, let property = share.extentProperty,
          let what = difference(extent, wanted)
        else { continue }
        report(
          "\(what.message) than in another domain", at: .property(property), found: what.found,
          expected: what.expected,
          related: [Party("says otherwise of '\(group.id)'", at: .property(reference))])
      }
    }
  }

  private static func difference(
    _ extent: XenShare.Extent, _ wanted: XenShare.Extent
  ) -> (message: String, found: String, expected: String)? {
    if extent.size != wanted.size {
      return (
        "the memory has another size", ByteText.hexAndSize(extent.size),
        ByteText.hexAndSize(wanted.size)
      )
    }
    guard extent.host != wanted.host else { return nil }
    func text(_ host: UInt64?) -> String { host.map { ByteText.hex($0) } ?? "chosen by Xen" }
    return ("the memory is elsewhere in the host", text(extent.host), text(wanted.host))
  }
}
