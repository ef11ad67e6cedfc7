import DeviceTree
import GuestView

/// The devices that Arm calls PrimeCells, which Linux binds on a bus of their own.
enum Primecells {
  /// The PrimeCell that a `compatible` names first; nil where it names none, or also what a driver
  /// for platform devices takes.
  static func name(in compatible: FlattenedTree.Property) -> String? {
    guard !compatible.listsCompatible("arm,sbsa-uart") else { return nil }
    return names.first { compatible.listsCompatible($0) }
  }

  /// The nodes that list one of them, in document order.
  static func all(in view: GuestView) -> NodeList { view.nodes(compatibleWithAny: names) }

  /// Those whose drivers are drivers of AMBA devices alone.
  ///
  /// **Source:** Linux, `amba_driver_register` and `module_amba_driver` in
  /// `drivers/tty/serial/amba-pl011.c`, `drivers/spi/spi-pl022.c`, `drivers/rtc/rtc-pl031.c`,
  /// `drivers/input/serio/ambakmi.c`, `drivers/gpio/gpio-pl061.c`, `drivers/dma/pl330.c`,
  /// `drivers/mmc/host/mmci.c`, `drivers/watchdog/sp805_wdt.c`.
  private static let names = [
    "arm,pl011", "arm,pl022", "arm,pl031", "arm,pl050", "arm,pl061", "arm,pl330", "arm,pl180",
    "arm,sp805",
  ]
}
