import DeviceTree
import Diagnostics
import GuestView

/// Machines that are judged as sharing memory should share some.
enum NothingShared: PairRule {
  static let id = "shared/nothing-shared"
  static let severity = Severity.error
  static let summary = "machines are judged together, and none of them has memory that another has"
  static let rationale = """
    A backend whose region was deleted, disabled or moved out of sight leaves a pool that no other machine has \
    anything of. That is what a machine with a pool of its own looks like too; but nobody judges machines together that \
    have nothing in common.
    """
  static let consequence = "no machine can follow an address that another one hands it"
  static let help = """
    reserve the same addresses in the tree of the machine that serves the devices, name what is shared with --share, or \
    judge the trees one by one
    """
  static let exceptions = """
    Machines that reserve the same addresses without doing DMA there, as for messages; machines of one platform, whose description says what is shared; machines with a map of the host, which are also \
    judged together to see that they share nothing; and trees beside the one that Xen boots with.
    """
  static let sources = [Source.virtio("2.7.5"), .devicetree("3.5")]
  static let goodPairs = [PairExamples.pair]
  static let badPairs = [
    PairExample([
      PairExamples.frontend("one.dtb", nodeMark: PairExamples.finding),
      PairExample.Machine("other.dtb", ""),
    ])
  ]

  static func check(_ view: MachinesView, _ report: inout PairReporter) {
    let settings = view.settings
    guard view.shares.isEmpty, view.machines.count > 1, view.hostMap == nil,
      settings.search == .likeness, settings.selections.isEmpty, settings.declared.isEmpty
    else { return }
    // What Xen's domains share is told in Xen's own tree, and held against that.
    guard !view.machines.contains(where: { !XenDomains($0.view).shares.isEmpty }) else { return }
    guard !view.hasReservedAlike else { return }
    let pools = view.ownPools.prefix(4)
    let root = view.machines[0].view.tree.root
    report(
      pools.isEmpty
        ? "nothing of this machine looks as if another one had it"
        : "no other machine has anything of this pool, and nothing else is shared",
      at: pools.first.map { .tree($0.machine, .node($0.region.node)) } ?? .tree(0, .node(root)),
      expected: "memory that two of the machines have at the same addresses",
      related: pools.dropFirst().map {
        PairParty("no other machine has it either", at: .tree($0.machine, .node($0.region.node)))
      })
  }
}
