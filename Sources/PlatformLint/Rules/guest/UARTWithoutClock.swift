import DeviceTree
import Diagnostics
import GuestView

/// An 8250 must be told its clock.
enum UARTWithoutClock: Rule {
  static let id = "guest/uart-without-clock"
  static let severity = Severity.error
  static let summary = "a serial port of the 8250 kind has neither clock-frequency nor clocks"
  static let rationale = """
    The driver computes its divisor from the clock of the port, and gives up where the node \
    tells neither a frequency nor a clock.
    """
  static let consequence = """
    no driver binds to the port, which is no console once the early one is gone
    """
  static let logLine: String? = "failed to get clock"
  static let help = "write clock-frequency, in hertz"
  static let exceptions = """
    Ports whose first compatible is that of another driver, which has a clock of its own.
    """
  static let sources = [
    Source.linux("drivers/tty/serial/8250/8250_of.c", "of_platform_serial_setup"),
    .binding("serial/8250.yaml"),
  ]
  static let good = [
    Example(
      in: .riscv,
      """
      &serial {
        clock-frequency = <3686400>;
      };
      """)
  ]
  static let bad = [
    Example(
      in: .riscv,
      """
      &serial {  // finding
        /delete-property/ clock-frequency;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWithAny: ["ns16550a", "ns16550"])
    where view.isInstantiated(node) {
      guard let first = node.property("compatible")?.strings?.first, first.hasPrefix("ns16550"),
        !node.has("clock-frequency"), node.property("clocks")?.cell(0) ?? 0 == 0
      else { continue }
      report("the port has no clock", at: .node(node), expected: "clock-frequency, in hertz")
    }
  }
}
