import DeviceTree
import Diagnostics
import GuestView

/// A PL011 needs an interrupt before anybody can open it.
enum UARTWithoutInterrupt: Rule {
  static let id = "guest/uart-without-interrupt"
  static let severity = Severity.error
  static let summary = "a PL011 has no interrupt"
  static let rationale = """
    The kernel prints to a PL011 without an interrupt. When the port is opened, as the first process \
    opens the console, its driver asks for one and gives up without; the driver of an SBSA UART does so \
    when it binds.
    """
  static let consequence = "the port can't be opened: the first process has no console"
  static let logLine: String? = "Warning: unable to open an initial console."
  static let help = "add interrupts with one specifier, as the interrupt controller has it"
  static let exceptions = "An 8250, which is polled where it has no interrupt."
  static let sources = [
    Source.linux("drivers/tty/serial/amba-pl011.c", "pl011_startup", "sbsa_uart_probe"),
    .linux("drivers/of/platform.c", "of_amba_device_create"), .binding("serial/pl011.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [MisspeltProperty.self]
  static let good = [
    Example(
      """
      &serial {
        /delete-property/ interrupts;
        interrupts-extended = <&gic 0 1 4>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &serial {  // finding
        /delete-property/ interrupts;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWithAny: ["arm,pl011", "arm,sbsa-uart"])
    where view.isInstantiated(node)
      && !node.has("interrupts") && !node.has("interrupts-extended")
    {
      report("the port has no interrupt", at: .node(node), expected: "interrupts")
    }
  }
}
