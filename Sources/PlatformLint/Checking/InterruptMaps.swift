import DeviceTree
import GuestView

/// The `interrupt-map` of every enabled nexus.
enum InterruptMaps {
  /// Bindings whose maps leave out the parent's address, and which Linux reads by drivers of their
  /// own.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_imap_abusers`.
  private static let abusers = [
    "CBEA,platform-spider-pic", "sti,platform-spider-pic", "realtek,rtl-intc",
    "fsl,ls1021a-extirq", "fsl,ls1043a-extirq", "fsl,ls1088a-extirq", "renesas,rza1-irqc",
  ]

  /// The nodes with their maps, in document order.
  static func all(in view: GuestView) -> [(node: FlattenedTree.Node, map: InterruptMap)] {
    view.enabledProperties(named: "interrupt-map").map(\.node).compactMap { node in
      guard !abusers.contains(where: node.isCompatible), let map = view.interruptMap(of: node)
      else { return nil }
      return (node, map)
    }
  }
}
