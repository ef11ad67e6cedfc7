import DeviceTree
import Diagnostics
import GuestView

/// What domains of Xen share starts and ends at a page.
enum XenShareMisaligned: Rule {
  static let id = "shared/xen-share-misaligned"
  static let severity = Severity.error
  static let summary = "memory that a domain of Xen shares doesn't start and end at a page"
  static let rationale = """
    Xen has pages of 4 KiB, and takes nothing else for the host's address, the guest's address or the size. A \
    guest's pages may have 64 KiB: what is no multiple of that its kernel can't map by itself, which is a warning.
    """
  static let consequence =
    "no domain is started, and Xen logs that an address or the size is not suitably aligned"
  static let help = "make both addresses and the size multiples of 64 KiB"
  static let exceptions = """
    Addresses and sizes that are multiples of 4 KiB and not of 64 KiB are a warning; allow it where all guests have \
    pages of 4 KiB.
    """
  static let sources = [
    Source.program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm_node"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [XenExamples.host([XenExamples.share()], [XenExamples.share()])]
  static let bad = [
    XenExamples.host(
      [
        XenExamples.share(extent: "<0x0 0x70000800 0x0 0x50000000 0x0 0x1000000>", extentMark: true)
      ],
      [XenExamples.share(extent: "<0x0 0x70000800 0x0 0x50000000 0x0 0x1000000>", extentMark: true)]
    ),
    XenExamples.host(
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x1001000>", extentMark: true)],
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x1001000>", extentMark: true)]),
  ]

  private static let page = XenShare.pageSize
  private static let largestPage: UInt64 = 65536

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for share in report.shared.xenDomains.shares {
      guard let extent = share.extent, let property = share.extentProperty, extent.size > 0 else {
        continue
      }
      let numbers = [
        ("the host's address", extent.host), ("the guest's address", extent.guest),
        ("the size", extent.size),
      ]
      func odd(_ unit: UInt64) -> (what: String, number: UInt64)? {
        for (what, number) in numbers {
          if let number, !number.isMultiple(of: unit) { return (what, number) }
        }
        return nil
      }
      if let (what, number) = odd(page) {
        report(
          "\(what) is no multiple of a page of Xen's", at: .property(property),
          found: ByteText.hex(number), expected: "a multiple of \(ByteText.hexAndSize(page))")
      } else if let (what, number) = odd(largestPage) {
        report(
          "\(what) is no multiple of the largest page of a guest", at: .property(property),
          found: ByteText.hex(number),
          expected: "a multiple of \(ByteText.hexAndSize(largestPage))",
          severity: .warning)
      }
    }
  }
}
