import DeviceTree
import PlatformDescription

extension MachineLowering {
  /// An entry of `ranges`: three cells for the bus, two for the guest, two for the size.
  mutating func cells(of window: Window, in noun: PCIHostBridge) -> [UInt32] {
    let location = window.location ?? noun.declaration.location
    let busAddress = window.busAddress ?? (window.space == .io ? 0 : window.at)
    check(window, busAddress, at: location)
    let code: UInt32 =
      switch window.space {
      case .io: 0x0100_0000
      case .memory32: 0x0200_0000
      case .memory64: 0x0300_0000
      }
    return [code | (window.prefetchable ? 0x4000_0000 : 0)] + busAddress.cells + window.at.cells
      + window.size.cells
  }

  private mutating func check(
    _ window: Window, _ busAddress: GuestAddress, at location: SourceLocation?
  ) {
    guard window.size.bytes > 0 else {
      mistake(
        "description/empty-window", "this window has no size", at: location,
        help: "give it a size, or leave it out")
      return
    }
    let last = window.size.bytes - 1
    guard !window.at.value.addingReportingOverflow(last).overflow,
      !busAddress.value.addingReportingOverflow(last).overflow
    else {
      mistake(
        "description/window-wraps", "this window ends behind the last address there is",
        at: location, help: "make it smaller, or start it lower")
      return
    }
    if window.space != .memory64, busAddress.value + last > UInt64(UInt32.max) {
      mistake(
        "description/window-beyond-32-bits",
        "this window is for 32-bit bus addresses and ends at "
          + GuestAddress(busAddress.value + last).description,
        at: location,
        help: window.space == .io
          ? "start its ports lower with 'busAddress:'"
          : "make it a .memory64, or start it lower on the bus with 'busAddress:'")
    }
    if window.prefetchable, window.space == .io {
      mistake(
        "description/prefetchable-ports", "ports are never prefetchable", at: location,
        help: "leave 'prefetchable:' out")
    }
  }
}
