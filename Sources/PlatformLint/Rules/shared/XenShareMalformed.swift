import DeviceTree
import Diagnostics
import GuestView

/// What a domain of Xen shares has to be said as Xen reads it.
enum XenShareMalformed: Rule {
  static let id = "shared/xen-share-malformed"
  static let severity = Severity.error
  static let summary = "memory that a domain of Xen shares is not said as Xen reads it"
  static let rationale = """
    What is shared stands in xen,shared-mem: the host's address, the guest's address and the size, or the last two of these where Xen is \
    to choose the memory; each with the cells that the domain's node states. Xen tells the two forms by their \
    length. role is "owner" or "borrower", or isn't there.
    """
  static let consequence = """
    no domain is started, and Xen logs 'fdt: invalid `xen,shared-mem` property' or what else it can't read
    """
  static let help =
    "write <host-address guest-address size> or <guest-address size>, with the cells of the domain's node"
  static let sources = [
    Source.program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm_node"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [
    XenExamples.host([XenExamples.share()], [XenExamples.share()]),
    XenExamples.host(
      [XenExamples.share(extent: chosenByXen, role: "owner")],
      [XenExamples.share(extent: chosenByXen, role: "borrower")]),
  ]
  static let bad = [
    XenExamples.host(
      [XenExamples.share(extent: "<0x70000000 0x50000000 0x1000000>", extentMark: true)],
      [XenExamples.share()]),
    XenExamples.host(
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x0>", extentMark: true)],
      [XenExamples.share(extent: "<0x0 0x50000000 0x0 0x0>", extentMark: true)]),
    XenExamples.host([XenExamples.share(extent: nil, nodeMark: true)], [XenExamples.share()]),
    XenExamples.host(
      [XenExamples.share(role: "lender", roleMark: true)],
      [XenExamples.share(role: "lender", roleMark: true)]),
  ]

  private static let chosenByXen = "<0x0 0x50000000 0x0 0x1000000>"

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for share in report.shared.xenDomains.shares {
      if let property = share.roleProperty, share.role == nil {
        report(
          "the role is none that Xen knows", at: .property(property),
          found: property.string.map { "'\($0)'" } ?? "no text",
          expected: "'owner', 'borrower', or no role")
      }
      guard let property = share.extentProperty else {
        report("the node has no xen,shared-mem", at: .node(share.node))
        continue
      }
      guard let extent = share.extent else {
        let short = share.cells.address + share.cells.size
        report(
          "the length is that of neither form", at: .property(property),
          found: "\(property.count) bytes",
          expected:
            "\(4 * (short + share.cells.address)) bytes with the host's address, or \(4 * short) without"
        )
        continue
      }
      if extent.size == 0 {
        report("the size is 0", at: .property(property))
      } else if extent.guestRange == nil || extent.host != nil && extent.hostRange == nil {
        report("the addresses pass 2⁶⁴", at: .property(property))
      }
    }
  }
}
