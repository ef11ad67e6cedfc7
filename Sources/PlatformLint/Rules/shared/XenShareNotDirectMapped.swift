import DeviceTree
import Diagnostics
import GuestView

/// A domain whose memory is at the host's addresses has shared memory there, too.
enum XenShareNotDirectMapped: Rule {
  static let id = "shared/xen-share-not-direct-mapped"
  static let severity = Severity.error
  static let summary =
    "a direct-mapped domain of Xen shares memory at another address than the host's"
  static let rationale = """
    A domain with direct-map, and the first one, whose nodes are in /chosen itself, have guest-physical addresses \
    that are the host's. Xen takes no shared memory that differs, and none whose place it would have to choose.
    """
  static let consequence =
    "the domain is not started, and Xen logs that the addresses are not direct-mapped"
  static let help =
    "give xen,shared-mem both addresses, and the same ones, or have the domain not direct-mapped"
  static let sources = [
    .program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm"),
    Source.program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [
    XenExamples.host(
      [XenExamples.share(extent: same)], [XenExamples.share(extent: same)],
      properties: "direct-map;")
  ]
  static let bad = [
    XenExamples.host(
      [XenExamples.share(extentMark: true)], [XenExamples.share()], properties: "direct-map;"),
    XenExamples.host(
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x1000000>", extentMark: true)],
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x1000000>")], properties: "direct-map;"),
  ]

  private static let same = "<0x0 0x70000000 0x0 0x70000000 0x0 0x1000000>"

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for share in report.shared.xenDomains.shares where share.isDirectMapped {
      guard let extent = share.extent, let property = share.extentProperty,
        extent.host != extent.guest
      else { continue }
      report(
        extent.host == nil
          ? "the domain is direct-mapped, and Xen would have to choose the memory"
          : "the domain is direct-mapped, and has the memory elsewhere than the host",
        at: .property(property), found: ByteText.hex(extent.guest),
        expected: extent.host.map { ByteText.hex($0) }
          ?? "the host's address, and the same as the guest's")
    }
  }
}
