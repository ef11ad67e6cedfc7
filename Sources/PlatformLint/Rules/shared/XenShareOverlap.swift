import DeviceTree
import Diagnostics
import GuestView

/// Memory of the host that domains of Xen share is nobody else's.
enum XenShareOverlap: Rule {
  static let id = "shared/xen-share-overlap"
  static let severity = Severity.error
  static let summary = "memory that domains of Xen share is something else, too"
  static let rationale = """
    Xen reserves the host's memory of each identifier for it. It may overlap no memory with another identifier, no \
    xen,static-mem of a domain, and nothing that the tree reserves; and in one domain two shares need guest addresses \
    of their own.
    """
  static let consequence =
    "no domain is started, and Xen logs which regions overlap; or it maps one share over the other"
  static let help = "give the shares memory of the host, and guest addresses, of their own"
  static let sources = [
    Source.program(
      "Xen 30f5b19f41",
      "xen/common/device-tree/static-shmem.c, process_shm_node, check_reserved_regions_overlap"),
    .program("Xen", "docs/misc/arm/device-tree/booting.txt, static shared memory"),
  ]
  static let good = [
    XenExamples.host(
      [XenExamples.share(), XenExamples.share("log-shared-mem", id: "log", extent: beside)],
      [XenExamples.share(), XenExamples.share("log-shared-mem", id: "log", extent: beside)],
      properties: "xen,static-mem = <0x0 0x78000000 0x0 0x8000000>;")
  ]
  static let bad = [
    // The same memory by two names.
    XenExamples.host(
      [XenExamples.share(), log("<0x0 0x70000000 0x0 0x58000000 0x0 0x1000000>", mark: true)],
      [XenExamples.share(), log("<0x0 0x70000000 0x0 0x58000000 0x0 0x1000000>")]),
    // Memory of a domain by itself.
    XenExamples.host(
      [XenExamples.share()], [XenExamples.share()],
      properties: "xen,static-mem = <0x0 0x70800000 0x0 0x8000000>;  // finding"),
    // Different memory at one address of a domain.
    XenExamples.host(
      [XenExamples.share(), log("<0x0 0x72000000 0x0 0x50000000 0x0 0x1000000>", mark: true)],
      [XenExamples.share(), log("<0x0 0x72000000 0x0 0x50000000 0x0 0x1000000>", mark: true)]),
  ]

  private static let beside = "<0x0 0x71000000 0x0 0x51000000 0x0 0x1000000>"

  private static func log(_ extent: String, mark: Bool = false) -> String {
    XenExamples.share("log-shared-mem", id: "log", extent: extent, extentMark: mark)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let domains = report.shared.xenDomains
    for overlap in domains.hostOverlaps {
      report(
        "memory of the host that is shared is something else's, too", at: spot(overlap.second),
        related: [Party(part(overlap.first), at: spot(overlap.first))])
    }
    for overlap in domains.guestOverlaps {
      report(
        "the domain has other shared memory at these addresses", at: spot(overlap.second),
        related: [Party("has addresses in common with it", at: spot(overlap.first))])
    }
  }

  private static func spot(_ claimant: XenDomains.Claimant) -> Spot {
    switch claimant {
    case .share(let share): share.extentProperty.map(Spot.property) ?? .node(share.node)
    case .staticMemory(let memory):
      .element(
        memory.property, memory.cells.lowerBound / memory.cells.count, cells: memory.cells)
    case .reserved(let claim): .claim(claim)
    }
  }

  private static func part(_ claimant: XenDomains.Claimant) -> String {
    switch claimant {
    case .share(let share): "shares it as '\(share.id ?? "")'"
    case .staticMemory: "is a domain's own"
    case .reserved: "is reserved"
    }
  }
}
