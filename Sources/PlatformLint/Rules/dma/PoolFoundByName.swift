import DeviceTree
import Diagnostics
import GuestView

/// A pool is found by reference, not by the name of its node.
enum PoolFoundByName: Rule {
  static let id = "dma/pool-found-by-name"
  static let severity = Severity.warning
  static let summary = "a restricted pool is there for a driver that would find it by its name"
  static let rationale = """
    The transport virtio-msg was proposed in July 2025 with buses that look for a pool by the name of its \
    node, vmsgffa for FF-A and vmsglb for the loopback. Linux has neither the buses nor the look-up: it \
    makes the pool, and attaches it to devices that refer to it alone. Reviewers asked for a compatible \
    in place of the name.
    """
  static let consequence = """
    the memory is reserved, the log names the pool as created, and no device is confined by it
    """
  static let help = """
    name the pool in memory-region of the devices that it is for; with a kernel that has virtio-msg, allow \
    the finding
    """
  static let exceptions = "A pool to which an enabled device refers: that device uses it."
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "of_reserved_mem_lookup"),
    .linux("drivers/of/device.c", "of_dma_set_restricted_buffer"), .proposal(.messagePools),
  ]
  static let good = [
    Example(
      """
      &reserved {
        messages: vmsgffa@60000000 {
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
        };
      };
      &net {
        memory-region = <&messages>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &reserved {
        vmsgffa@60000000 {  // finding
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60000000 0x0 0x400000>;
        };
        vmsglb@60400000 {  // finding
          compatible = "restricted-dma-pool";
          reg = <0x0 0x60400000 0x0 0x400000>;
        };
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for pool in view.restrictedPools {
      guard let name = Proposal.messagePools.names.first(where: pool.node.hasBaseName),
        !isReferredTo(pool.node, view)
      else { continue }
      report(
        """
        no device refers to the pool, and a bus that finds it as '\(name)' is only proposed \
        (\(Proposal.messagePools.origin))
        """, at: .node(pool.node))
    }
  }

  private static func isReferredTo(_ pool: FlattenedTree.Node, _ view: GuestView) -> Bool {
    view.enabledProperties(named: "memory-region").contains { property in
      !DMAlessNodes.contain(property.node, view)
        && view.references(in: property).contains { $0?.index == pool.index }
    }
  }
}
