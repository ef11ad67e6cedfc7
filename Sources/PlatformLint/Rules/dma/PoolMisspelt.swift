import DeviceTree
import Diagnostics
import GuestView

/// The `compatible` of a pool must be spelt right.
enum PoolMisspelt: Rule {
  static let id = "dma/pool-misspelt"
  static let severity = Severity.error
  static let summary = "the compatible of a region is nearly that of a pool"
  static let rationale = """
    A region whose compatible the kernel does not know is simply kept from the allocator. A pool \
    with a misspelt name looks the same in the log as any other region.
    """
  static let consequence =
    "the memory is reserved and unused; devices that refer to it use all of memory"
  static let help = "write restricted-dma-pool or shared-dma-pool"
  static let sources = [
    Source.linux("drivers/of/of_reserved_mem.c", "__reserved_mem_init_node"),
    .binding("reserved-memory/shared-dma-pool.yaml"),
  ]
  static let good = [
    Example(
      """
      &bounce {
        compatible = "restricted-dma-pool";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &bounce {
        compatible = "restricted-dma-pools";  // finding
      };
      """),
    Example(
      """
      &bounce {
        compatible = "restricted_dma_pool";  // finding
      };
      """),
  ]

  private static let names = ["restricted-dma-pool", "shared-dma-pool"]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for region in view.regions {
      guard let property = region.node.property("compatible"),
        let (found, name) = misspelling(of: region.node)
      else { continue }
      report(
        "the kernel knows no such region", at: .property(property), found: "\"\(found)\"",
        expected: "\"\(name)\"")
    }
  }

  /// Whether the node means to be a pool and isn't.
  static func isMisspelt(_ node: FlattenedTree.Node) -> Bool { misspelling(of: node) != nil }

  private static func misspelling(
    of node: FlattenedTree.Node
  ) -> (found: String, name: String)? {
    guard let property = node.property("compatible"),
      !names.contains(where: property.listsCompatible)
    else { return nil }
    for name in names {
      if let text = Spelling.near(name, edits: 3, in: property) { return (text, name) }
    }
    return nil
  }
}
