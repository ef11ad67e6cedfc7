import DeviceTree
import Diagnostics
import GuestView

/// A node is either coherent or not.
enum ContradictoryCoherency: Rule {
  static let id = "dma/contradictory-coherency"
  static let severity = Severity.error
  static let summary = "a node says both dma-coherent and dma-noncoherent"
  static let rationale = "Linux asks for dma-coherent first and never sees the other property."
  static let consequence = "the device counts as coherent"
  static let help = "keep the one that is true"
  static let sources = [Source.linux("drivers/of/address.c", "of_dma_is_coherent")]
  static let good = [
    Example(
      """
      &net {
        dma-coherent;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &net {
        dma-noncoherent;  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for property in view.enabledProperties(named: "dma-noncoherent") {
      guard let coherent = property.node.property("dma-coherent") else { continue }
      report(
        "the node says both dma-coherent and dma-noncoherent", at: .property(property),
        related: [Party("says the opposite", at: .property(coherent))])
    }
  }
}
