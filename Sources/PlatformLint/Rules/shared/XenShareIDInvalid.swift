import DeviceTree
import Diagnostics
import GuestView

/// Xen tells shared memory by an identifier of 1 to 15 characters.
enum XenShareIDInvalid: Rule {
  static let id = "shared/xen-share-id-invalid"
  static let severity = Severity.error
  static let summary = "memory that a domain of Xen shares has no identifier that Xen would take"
  static let rationale = """
    Xen keeps xen,shm-id in 16 bytes with a NUL at its end, and puts it into the guest's tree as xen,id. All \
    domains that share the memory have exactly the same.
    """
  static let consequence = "no domain is started, and Xen logs 'fdt: invalid xen,shm-id'"
  static let help =
    "give xen,shm-id 1 to 15 characters, the same in each domain that has the memory"
  static let sources = [
    Source.program("Xen 30f5b19f41", "xen/common/device-tree/static-shmem.c, process_shm_node"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [
    XenExamples.host(
      [XenExamples.share(id: "fifteen-letters")], [XenExamples.share(id: "fifteen-letters")])
  ]
  static let bad = [
    XenExamples.host(
      [XenExamples.share(id: "sixteen-letters!", idMark: true)],
      [XenExamples.share(id: "sixteen-letters!", idMark: true)]),
    XenExamples.host([XenExamples.share(id: "", idMark: true)]),
    XenExamples.host([XenExamples.share(id: nil, nodeMark: true)]),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for share in report.shared.xenDomains.shares where share.id == nil {
      guard let property = share.idProperty else {
        report("the node has no xen,shm-id", at: .node(share.node))
        continue
      }
      report(
        "the identifier is no text of 1 to \(XenShare.mostIDCharacters) characters",
        at: .property(property),
        found: property.string.map { "\($0.utf8.count) characters" } ?? "no text",
        expected: "1 to \(XenShare.mostIDCharacters) characters")
    }
  }
}
