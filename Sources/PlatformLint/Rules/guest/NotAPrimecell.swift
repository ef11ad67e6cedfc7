import DeviceTree
import Diagnostics
import GuestView

/// What Arm calls a PrimeCell has to say so.
enum NotAPrimecell: Rule {
  static let id = "guest/not-a-primecell"
  static let severity = Severity.error
  static let summary = "a PrimeCell does not list arm,primecell as compatible"
  static let rationale = """
    The drivers of these devices bind on the AMBA bus, by the identification that stands in the \
    device's registers. Only of a node that lists arm,primecell is an AMBA device made; of another one \
    a platform device is, for which there is no driver.
    """
  static let consequence = """
    no driver binds to the device: a serial port is no console once the early one is gone
    """
  static let logExample: String? = "Warning: unable to open an initial console."
  static let help = "write \"arm,primecell\" behind the compatible of the device"
  static let sources = [
    Source.linux("drivers/of/platform.c", "of_platform_bus_create", "of_amba_device_create"),
    .linux("drivers/tty/serial/amba-pl011.c", "pl011_driver"),
    .binding("serial/pl011.yaml"),
    .observed("the boot console stays, and there is no ttyAMA0"),
  ]
  static let good = [
    Example(
      """
      &serial {
        compatible = "arm,pl011", "arm,primecell";
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &serial {
        compatible = "arm,pl011";  // finding
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in Primecells.all(in: view) where view.isInstantiated(node) {
      guard let property = node.property("compatible"), let name = Primecells.name(in: property),
        !property.listsCompatible("arm,primecell")
      else { continue }
      report(
        "\(node.name) is a PrimeCell and does not say so", at: .property(property),
        found: "\"\(name)\"", expected: "\"\(name)\", \"arm,primecell\"")
    }
  }
}
