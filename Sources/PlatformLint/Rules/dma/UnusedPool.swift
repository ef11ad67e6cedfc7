import DeviceTree
import Diagnostics
import GuestView

/// A restricted pool should be used by a device.
enum UnusedPool: Rule {
  static let id = "dma/unused-pool"
  static let severity = Severity.warning
  static let summary = "no enabled device that does DMA refers to a restricted pool"
  static let rationale = """
    A pool confines nobody by being there. A device uses it only if its own node, or for PCI the \
    node of its host, names it in memory-region. The root, a bus, a bridge, an interrupt controller or \
    a serial port that names it hands nothing on to the devices that do DMA.
    """
  static let consequence =
    "the memory is reserved and unused, and no device is confined by the pool"
  static let help = "name the pool in memory-region of each device that it is for, or remove it"
  static let exceptions = """
    Devices that are not known here: they may do DMA, and their use of a pool counts.
    """
  static let sources = [
    Source.linux("drivers/of/device.c", "of_dma_set_restricted_buffer"),
    .linux("drivers/pci/pci-driver.c", "pci_dma_configure"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [PoolFoundByName.self, PoolOfTwoKinds.self]
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
      """),
    Example(
      """
      &bounce {  // finding
      };
      &disk {
        /delete-property/ memory-region;
      };
      &net {
        /delete-property/ memory-region;
      };
      &serial {
        memory-region = <&bounce>;
      };
      """),
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    let pools = view.restrictedPools
    guard !pools.isEmpty else { return }
    var isUsed = [Bool](repeating: false, count: view.tree.nodeCount)
    // Looked up by the pool's index, never walked.
    var idle: [Int: FlattenedTree.Property] = [:]
    var hasDangling = false
    for property in view.enabledProperties(named: "memory-region") {
      let isIdle = DMAlessNodes.contain(property.node, view)
      for target in view.references(in: property) {
        guard let target else {
          hasDangling = true
          continue
        }
        if !isIdle {
          isUsed[target.index] = true
        } else if idle[target.index] == nil {
          idle[target.index] = property
        }
      }
    }
    // A reference that names no node was meant for some pool, and is reported as what it is.
    guard !hasDangling else { return }
    for pool in pools where !isUsed[pool.node.index] {
      guard let property = idle[pool.node.index] else {
        report("no enabled device refers to the pool", at: .node(pool.node))
        continue
      }
      report(
        "no enabled device that does DMA refers to the pool", at: .node(pool.node),
        related: [Party("names the pool and does no DMA", at: .property(property))])
    }
  }
}
