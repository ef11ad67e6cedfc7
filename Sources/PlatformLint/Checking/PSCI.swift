import DeviceTree
import GuestView

/// The firmware that starts CPUs.
enum PSCI {
  /// Whether `node` describes it.
  ///
  /// **Source:** Linux `drivers/firmware/psci/psci.c`, `psci_of_match`.
  static func isPSCI(_ node: FlattenedTree.Node) -> Bool {
    names.contains(where: node.isCompatible)
  }

  /// The node that the guest looks at: the first one of the tree, enabled or not.
  static func node(in view: GuestView) -> FlattenedTree.Node? {
    nodes(in: view).first { !view.isBookkeeping($0) }
  }

  /// All nodes that describe it, in document order.
  static func nodes(in view: GuestView) -> NodeList { view.nodes(compatibleWithAny: names) }

  private static let names = ["arm,psci", "arm,psci-0.2", "arm,psci-1.0"]
}
