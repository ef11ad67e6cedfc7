import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool should be used by a device.
enum UnusedPool: Rule {
  static let id = "dma/unused-pool"
  static let severity = Severity.warning
  static let summary = "no enabled device refers to a restricted pool"
  static let rationale = """
    A pool confines nobody by being there. A device uses it only if its own node, or for PCI the \
    node of its host, names it in memory-region.
    """
  static let consequence =
    "the memory is reserved and unused, and no device is confined by the pool"
  static let help = "name the pool in memory-region of each device that it is for, or remove it"
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [PoolOfTwoKinds.self]
  static let good = [
    Example(
      """
      &disk {
        memory-region = <&bounce>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        spare: restricted-dma-pool@60000000 {  // finding
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000000 0x0 0x800000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pools = view.restrictedPools
    guard !pools.isEmpty else { return }
    var isNamed = [Bool](repeating: false, count: view.tree.nodeCount)
    var hasDangling = false
    for property in view.enabledProperties(named: "memory-region") {
      for target in view.references(in: property) {
        if let target { isNamed[target.index] = true } else { hasDangling = true }
      }
    }
    // A reference that names no node was meant for some pool, and is reported as what it is.
    guard !hasDangling else { return }
    for pool in pools where !isNamed[pool.node.index] {
      report("no enabled device refers to the pool", at: .node(pool.node))
    }
  }
}
