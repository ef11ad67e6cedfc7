public import ACPI

/// A host bridge of PCI in the namespace.
public struct TablePCIHost: Sendable {
  /// The device.
  public let device: TableDevice
  /// `_SEG`, 0 where it has none; nil where it takes an interpreter to tell.
  public let segment: UInt64?
  /// `_BBN`, 0 where it has none; nil where it takes an interpreter to tell.
  public let baseBus: UInt64?
  /// The buses of its `_CRS`; nil where it names none.
  public let buses: TableWindow?
  /// `_PRT`.
  public let routing: Evaluation<InterruptRouting>
  /// The entry of MCFG that has its configuration space, by its position; nil where none has.
  public let allocation: Int?

  init(_ device: TableDevice, mcfg: MCFG?) {
    self.device = device
    segment = Self.number(device.object.segment)
    baseBus = Self.number(device.object.baseBusNumber)
    buses = device.windows.first { $0.space == .buses }
    routing = device.object.interruptRouting
    let first = buses?.range?.first ?? baseBus ?? 0
    let last = buses?.range?.last ?? first
    let segment = segment
    allocation = mcfg?.allocations.firstIndex {
      UInt64($0.segment) == segment && UInt64($0.startBus) <= first && last <= UInt64($0.endBus)
    }
  }

  /// Whether an object says where its configuration space is.
  public var hasConfigurationBase: Bool { device.object.child("_CBA") != nil }

  private static func number(_ evaluation: Evaluation<UInt64>) -> UInt64? {
    switch evaluation {
    case .absent: 0
    case .known(let value): value
    case .unknown: nil
    }
  }
}
