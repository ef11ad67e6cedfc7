public import ACPI
import DeviceTree

/// An interrupt of a node, by the number that tables have for it.
public struct WiredInterrupt: Sendable {
  /// The specifier.
  public let specifier: InterruptSpecifier
  /// The global system interrupt: the INTID at a GIC; at a controller of RISC-V, its source behind the base
  /// that APIC gives it.
  public let number: UInt64
  /// How it is signalled; nil where the tree doesn't say.
  public let mode: InterruptMode?
}

extension InterruptMode {
  /// The trigger of a device tree's specifier: 1 rising edge, 2 falling edge, 4 high level, 8 low level.
  public init?(trigger: UInt32) {
    switch trigger {
    case 1: self.init(isEdge: true)
    case 2: self.init(isEdge: true, isActiveLow: true)
    case 4: self.init(isEdge: false)
    case 8: self.init(isEdge: false, isActiveLow: true)
    default: return nil
    }
  }

  /// Whether trigger and polarity are those of `other`, whoever shares them.
  public func signals(like other: InterruptMode) -> Bool {
    isEdge == other.isEdge && isActiveLow == other.isActiveLow
  }

  /// `edge, high`, as messages have it.
  public var signal: String {
    "\(isEdge ? "edge" : "level"), active \(isActiveLow ? "low" : "high")"
  }
}

/// The numbers from which controllers of RISC-V count, by their addresses.
///
/// **Source:** ACPI 6.6, sections 5.2.12.26 and 5.2.12.27; Linux `drivers/acpi/riscv/irq.c`.
struct InterruptBases {
  private var bases: [UInt64: UInt64] = [:]

  init(_ madt: MADT?) {
    for entry in madt?.entries ?? [] {
      guard case .other(let type, let payload) = entry, payload.count >= 34 else { continue }
      func number(_ offset: Int, _ count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(payload[offset - 2 + $1]) << UInt64(8 * $1) }
      }
      switch type {
      case 0x1a: bases[number(24, 8)] = number(20, 4)
      case 0x1b: bases[number(24, 8)] = number(32, 4)
      default: continue
      }
    }
  }

  func base(ofControllerAt address: UInt64?) -> UInt64? { address.flatMap { bases[$0] } }
}
