import DeviceTree
import GuestView

/// The firmware that starts CPUs.
enum PSCI {
  /// Whether `node` describes it.
  ///
  /// **Source:** Linux `drivers/firmware/psci/psci.c`, `psci_of_match`.
  static func isPSCI(_ node: FlattenedTree.Node) -> Bool {
    ["arm,psci", "arm,psci-0.2", "arm,psci-1.0"].contains(where: node.isCompatible)
  }

  /// The node that the guest looks at: the first one of the tree, enabled or not.
  static func node(in view: GuestView) -> FlattenedTree.Node? {
    view.properties(named: "compatible").first { isPSCI($0.node) && !view.isBookkeeping($0.node) }?
      .node
  }
}
