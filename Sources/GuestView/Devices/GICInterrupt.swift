public import DeviceTree

/// The meaning of a GIC's interrupt specifier.
///
/// **Source:** Linux `Documentation/devicetree/bindings/interrupt-controller/arm,gic-v3.yaml`.
public struct GICInterrupt: Sendable, Hashable {
  /// The first cell.
  public enum Kind: UInt32, Sendable {
    /// Shared: INTID − 32.
    case spi = 0
    /// Private to a CPU: INTID − 16.
    case ppi = 1
    /// Shared, extended range: INTID − 4096.
    case extendedSPI = 2
    /// Private, extended range: INTID − 1056.
    case extendedPPI = 3
  }

  /// The kind of interrupt.
  public let kind: Kind
  /// The second cell, its number within the kind.
  public let number: UInt32
  /// The trigger: 1 rising edge, 2 falling edge, 4 high level, 8 low level, 0 none.
  public let trigger: UInt32

  /// The number that the interrupt controller knows it by.
  public var interruptID: UInt64 {
    let base: UInt64 =
      switch kind {
      case .spi: 32
      case .ppi: 16
      case .extendedSPI: 4096
      case .extendedPPI: 1056
      }
    return base + UInt64(number)
  }

  /// `SPI 16 (INTID 48)`.
  public var name: String {
    let kind =
      switch kind {
      case .spi: "SPI"
      case .ppi: "PPI"
      case .extendedSPI: "extended SPI"
      case .extendedPPI: "extended PPI"
      }
    return "\(kind) \(number) (INTID \(interruptID))"
  }

  /// `rising edge`, `high level`, and so on.
  public static func triggerName(_ trigger: UInt32) -> String {
    switch trigger {
    case 0: "none"
    case 1: "rising edge"
    case 2: "falling edge"
    case 3: "both edges"
    case 4: "high level"
    case 8: "low level"
    default: "no trigger at all"
    }
  }

  /// What the GICs call themselves whose specifiers have this form.
  ///
  /// **Source:** Linux `drivers/irqchip/irq-gic.c`, `irq-gic-v3.c`, `IRQCHIP_DECLARE`.
  static let controllers = [
    "arm,gic-v3", "arm,gic-400", "arm,cortex-a15-gic", "arm,cortex-a7-gic", "arm,cortex-a9-gic",
    "arm,pl390", "arm,arm11mp-gic", "qcom,msm-8660-qgic", "qcom,msm-qgic2",
  ]

  /// What the `count` cells from `cell` on mean to a GIC; nil where they mean nothing.
  public init?(_ property: FlattenedTree.Property, at cell: Int, count: Int) {
    guard count >= 3, let first = property.cell(cell), let kind = Kind(rawValue: first),
      let number = property.cell(cell + 1), let flags = property.cell(cell + 2)
    else { return nil }
    self.kind = kind
    self.number = number
    // IRQ_TYPE_SENSE_MASK; the CPU mask of a GICv2 stands above it.
    self.trigger = flags & 0xf
  }
}
