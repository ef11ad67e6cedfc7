public import ACPI

/// An interrupt that a device has by its `_CRS`.
public struct TableInterrupt: Sendable {
  /// The position of its descriptor, from 0.
  public let index: Int
  /// The global number (GSI); of a PC's IRQ, the line.
  public let number: UInt32
  /// How it is signalled.
  public let mode: InterruptMode
  /// Whether it is a line of a PC's interrupt controllers, which tables may route elsewhere.
  public let isLegacy: Bool
  /// Whether another device provides it.
  public let hasSource: Bool
  /// Where the descriptor lies in its file, in bytes.
  public let byteRange: Range<Int>

  /// The interrupts in a descriptor that the device itself uses.
  static func all(_ entry: ResourceTemplate.Entry, index: Int) -> [TableInterrupt] {
    switch entry.descriptor {
    case .irq(let irq):
      return irq.lines.map {
        TableInterrupt(
          index: index, number: UInt32($0), mode: irq.mode ?? .edgeRising, isLegacy: true,
          hasSource: false, byteRange: entry.byteRange)
      }
    case .interrupt(let interrupt) where interrupt.isConsumer:
      return interrupt.numbers.map {
        TableInterrupt(
          index: index, number: $0, mode: interrupt.mode, isLegacy: false,
          hasSource: interrupt.source != nil, byteRange: entry.byteRange)
      }
    default: return []
    }
  }
}
