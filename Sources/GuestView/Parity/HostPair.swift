public import ACPI

/// A PCI host of a tree, and the hosts of tables that share its configuration space.
///
/// A bridge beside the root bus, an expander, is a host of its own in tables and a part of the one host in a
/// tree.
public struct HostPair: Sendable {
  /// The host of the tree.
  public let host: PCIHost
  /// Those of the tables, one at least, of one segment.
  public let others: [TablePCIHost]
  /// Where MCFG puts the configuration space of their segment; nil where it says nothing.
  public let allocation: MCFG.Allocation?
}

/// Which PCI hosts of a tree and of tables are the same.
struct HostMatching {
  private(set) var pairs: [HostPair] = []
  private(set) var loneHosts: [PCIHost] = []
  private(set) var loneOthers: [TablePCIHost] = []

  init(_ tree: GuestView, _ tables: TablesView) {
    var open = tree.pciHosts.filter { $0.isEnabled && $0.configurationSpacePerBus != nil }
    let present = tables.pciHosts.filter { $0.device.isPresent && $0.segment != nil }
    let segments = Set(present.compactMap(\.segment)).sorted()
    let allocations = tables.mcfg?.content?.allocations ?? []
    var rest: [(others: [TablePCIHost], allocation: MCFG.Allocation?)] = []
    for segment in segments {
      let others = present.filter { $0.segment == segment }
      let allocation =
        others.lazy.compactMap(\.allocation).first.map { allocations[$0] }
        ?? allocations.first { UInt64($0.segment) == segment }
      let base = allocation?.range?.first
      if let base, let index = open.firstIndex(where: { Self.base(of: $0, tree) == base }) {
        pairs.append(
          HostPair(host: open.remove(at: index), others: others, allocation: allocation))
      } else {
        rest.append((others, allocation))
      }
    }
    // What isn't where it should be is known by its number, or because there is only one.
    for group in rest {
      let segment = group.others.first?.segment ?? 0
      let index =
        open.firstIndex { $0.domain.map(UInt64.init) == segment }
        ?? (open.count == 1 && rest.count == 1 ? open.indices.first : nil)
      if let index {
        pairs.append(
          HostPair(
            host: open.remove(at: index), others: group.others, allocation: group.allocation))
      } else {
        loneOthers += group.others
      }
    }
    loneHosts = open
  }

  /// Where the configuration space of the host's first bus is.
  private static func base(of host: PCIHost, _ view: GuestView) -> UInt64? {
    view.registers(of: host.node).first?.range?.first
  }
}
