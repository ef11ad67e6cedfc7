import DeviceTree
import Diagnostics
import GuestView

/// Shared memory of Xen has one owner.
enum XenOwnerUnclear: Rule {
  static let id = "shared/xen-owner-unclear"
  static let severity = Severity.error
  static let summary = "memory that domains of Xen share has no owner, or several"
  static let rationale = """
    Where no node of the memory has a role, a domain of Xen's own owns it, and all others borrow. As soon as one \
    has a role, one domain has to be the owner and all others borrowers: an owner takes the pages, a borrower maps \
    what is another's, and a node without a role has Xen's own domain take them.
    """
  static let consequence = """
    no domain is started, and Xen logs that it failed to acquire static memory, or that it was allocated to another \
    owner; or a borrower maps pages that nobody owns
    """
  static let help = """
    leave role out in each node of the memory, or say owner in one of them and borrower in all others
    """
  static let sources = [
    Source.program(
      "Xen 30f5b19f41",
      "xen/common/device-tree/static-shmem.c, handle_shared_mem_bank, is_shm_allocated_to_domio"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [
    XenExamples.host(
      [XenExamples.share(role: "owner")], [XenExamples.share(role: "borrower")]),
    XenExamples.host([XenExamples.share()], [XenExamples.share()]),
  ]
  static let bad = [
    XenExamples.host(
      [XenExamples.share(role: "owner")], [XenExamples.share(role: "owner", roleMark: true)]),
    XenExamples.host(
      [XenExamples.share(role: "borrower", roleMark: true)],
      [XenExamples.share(role: "borrower")]),
    XenExamples.host(
      [XenExamples.share(role: "owner")], [XenExamples.share(nodeMark: true)]),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for group in report.shared.xenDomains.groups {
      // A role that Xen doesn't know is told of as that.
      guard group.shares.allSatisfy({ ($0.roleProperty == nil) == ($0.role == nil) }) else {
        continue
      }
      let stated = group.shares.filter { $0.role != nil }
      guard let first = stated.first, let place = first.roleProperty else { continue }
      for share in group.shares where share.role == nil {
        report(
          "the node has no role, and another domain's node of '\(group.id)' has one",
          at: .node(share.node), related: [Party("has a role", at: .property(place))])
      }
      let owners = stated.filter { $0.role == .owner }
      for owner in owners.dropFirst() {
        guard let property = owner.roleProperty, let other = owners[0].roleProperty else {
          continue
        }
        report(
          "'\(group.id)' has another owner already", at: .property(property),
          related: [Party("is the owner, too", at: .property(other))])
      }
      if owners.isEmpty, stated.count == group.shares.count {
        report("nobody owns '\(group.id)', which the domain borrows", at: .property(place))
      }
    }
  }
}
