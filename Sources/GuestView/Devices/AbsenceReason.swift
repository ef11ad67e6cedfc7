/// Why a device doesn't come up.
public enum AbsenceReason: Sendable, Hashable, CustomStringConvertible {
  /// Linux makes no devices of the children of its bus.
  case unpopulatedBus
  /// There is no window that the guest could map.
  case withoutWindow
  /// It has no interrupt that can be resolved.
  case withoutInterrupt
  /// The interrupt controller is disabled.
  case controllerDisabled
  /// No driver knows the interrupt controller.
  case controllerUnknown
  /// The root states other cells than the tree was written with, so no address is what was meant.
  case rootMisread
  /// The pool lies outside memory: the kernel panics when it clears it.
  case poolOutsideMemory
  /// No slot of the pool is ever free, because its base isn't a multiple of 2 KiB.
  case poolMisaligned
  /// Not even the smallest ring fits into the pool.
  case poolTooSmall

  /// The reason as the end of a sentence: `its interrupt can not be resolved`.
  public var description: String {
    switch self {
    case .unpopulatedBus: "its bus is not populated"
    case .withoutWindow: "it has no window that can be mapped"
    case .withoutInterrupt: "it has no interrupt that can be resolved"
    case .controllerDisabled: "its interrupt controller is disabled"
    case .controllerUnknown: "no driver knows its interrupt controller"
    case .rootMisread: "the cells of the root are not those that the tree was written with"
    case .poolOutsideMemory: "its pool lies outside memory and the kernel panics"
    case .poolMisaligned: "nothing can be allocated from its misaligned pool"
    case .poolTooSmall: "its pool has no room for a ring"
    }
  }
}
