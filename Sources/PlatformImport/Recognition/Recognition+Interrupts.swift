import DeviceTree
import PlatformDescription

extension Recognition {
  /// The interrupts of `node`, where they go to the machine's own controller and are nothing but
  /// numbers and triggers.
  func interrupts(of node: FlattenedTree.Node) -> [Interrupt]? {
    guard let controller, let property = node.property("interrupts"), property.count > 0,
      property.count % 12 == 0, interruptParent(of: node) == controller
    else { return nil }
    var result: [Interrupt] = []
    for cell in stride(from: 0, to: property.cellCount, by: 3) {
      guard let kind = property.cell(cell), let number = property.cell(cell + 1),
        let flags = property.cell(cell + 2), let trigger = Interrupt.Trigger(gicFlags: flags)
      else { return nil }
      switch kind {
      case 0: result.append(.spi(Int(number), trigger))
      case 1: result.append(.ppi(Int(number), trigger))
      default: return nil
      }
    }
    return result
  }

  /// The node that the interrupts of `node` go to.
  ///
  /// **Source:** Linux `drivers/of/irq.c`, `of_irq_find_parent`.
  private func interruptParent(of node: FlattenedTree.Node) -> Int? {
    var current = node
    for _ in 0..<Limits().maximumDepth {
      let next: FlattenedTree.Node?
      if let phandle = current.property("interrupt-parent")?.u32 {
        next = survey.node(phandle: phandle).map { tree.nodes[$0] }
      } else {
        next = current.parent
      }
      guard let next else { return nil }
      if next.has("#interrupt-cells") { return next.index }
      current = next
    }
    return nil
  }
}

extension Interrupt.Trigger {
  /// The trigger in the third cell of a GIC's specifier.
  ///
  /// Bits 15:8 hold the processors of a GICv2's PPI, which the lowering knows.
  ///
  /// **Source:** kernel bindings `arm,gic.yaml` and `arm,gic-v3.yaml`, `#interrupt-cells`.
  fileprivate init?(gicFlags flags: UInt32) {
    switch flags & 0xff {
    case 1: self = .edgeRising
    case 2: self = .edgeFalling
    case 4: self = .levelHigh
    case 8: self = .levelLow
    default: return nil
    }
  }
}
