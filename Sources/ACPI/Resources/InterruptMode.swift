/// How an interrupt is signalled and shared.
///
/// **Source:** ACPI 6.5, section 6.4.3.6, table 6.52.
public struct InterruptMode: Hashable, Sendable {
  /// Whether an edge triggers it, and not a level.
  public var isEdge: Bool
  /// Whether low is active: a falling edge, or a low level.
  public var isActiveLow: Bool
  /// Whether several devices share it.
  public var isShared: Bool
  /// Whether it wakes the system.
  public var wakes: Bool

  /// A mode of these choices.
  public init(
    isEdge: Bool, isActiveLow: Bool = false, isShared: Bool = false, wakes: Bool = false
  ) {
    self.isEdge = isEdge
    self.isActiveLow = isActiveLow
    self.isShared = isShared
    self.wakes = wakes
  }

  /// A rising edge, as virtio-mmio has it in most machines.
  public static let edgeRising = InterruptMode(isEdge: true)
  /// A high level.
  public static let levelHigh = InterruptMode(isEdge: false)
  /// A low level that is shared, as PCI has it.
  public static let levelLowShared = InterruptMode(
    isEdge: false, isActiveLow: true, isShared: true)

  /// The words that ASL has for it: `Edge, ActiveHigh, Exclusive`.
  var keywords: String {
    "\(isEdge ? "Edge" : "Level"), \(isActiveLow ? "ActiveLow" : "ActiveHigh"), \(sharing)"
  }

  /// The word that ASL has for sharing.
  var sharing: String { (isShared ? "Shared" : "Exclusive") + (wakes ? "AndWake" : "") }
}
