/// What an interrupt specifier means.
struct InterruptController {
  /// The number of cells of a specifier.
  let cells: UInt32
  /// Whether it is Arm's GIC, whose specifiers we can read.
  let isGIC: Bool

  /// **Source:** Linux `drivers/irqchip/irq-gic.c` and `irq-gic-v3.c`, the IRQCHIP_DECLARE lines.
  static func isGIC(_ node: FlattenedTree.Node) -> Bool {
    guard let compatible = node.property("compatible") else { return false }
    let names: [StaticString] = [
      "arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a9-gic", "arm,cortex-a7-gic",
      "arm,pl390",
    ]
    return names.contains { compatible.contains($0) }
  }

  /// `SPI 16, edge rising (INTID 48)`, or nil where the specifier means nothing to us.
  ///
  /// **Source:** Linux `Documentation/devicetree/bindings/interrupt-controller/arm,gic-v3.yaml`.
  func describe(_ specifier: [UInt32]) -> String? {
    guard isGIC, specifier.count >= 3 else { return nil }
    let kind: String
    let first: UInt32
    switch specifier[0] {
    case 0: (kind, first) = ("SPI", 32)
    case 1: (kind, first) = ("PPI", 16)
    case 2: (kind, first) = ("ESPI", 4096)
    case 3: (kind, first) = ("EPPI", 1056)
    default: return nil
    }
    let (identifier, overflow) = first.addingReportingOverflow(specifier[1])
    guard !overflow else { return nil }
    let trigger =
      switch specifier[2] & 0xf {
      case 1: "edge rising"
      case 2: "edge falling"
      case 3: "edge both"
      case 4: "level high"
      case 8: "level low"
      default: "trigger \(specifier[2] & 0xf)"
      }
    return "\(kind) \(specifier[1]), \(trigger) (INTID \(identifier))"
  }
}
