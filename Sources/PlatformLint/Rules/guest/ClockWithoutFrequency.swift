import DeviceTree
import Diagnostics
import GuestView

/// A fixed clock says how fast it is.
enum ClockWithoutFrequency: Rule {
  static let id = "guest/clock-without-frequency"
  static let severity = Severity.error
  static let summary = "a fixed-clock has no clock-frequency"
  static let rationale = """
    The driver of a fixed clock has nothing to go by but clock-frequency, and registers no clock \
    without it. Devices that refer to the clock wait for it for ever: among them every \
    PrimeCell, whose identification is read once its clock runs.
    """
  static let consequence = """
    no driver binds to the devices that need the clock, a serial port among them
    """
  static let logLine: String? = "deferred probe pending: (reason unknown)"
  static let help = "write clock-frequency, in hertz"
  static let sources = [
    Source.linux("drivers/clk/clk-fixed-rate.c", "_of_fixed_clk_setup"),
    .binding("clock/fixed-clock.yaml"),
    .observed(
      "pl011, pl031 and pl061 are deferred for ever; Warning: unable to open an initial console."),
  ]
  static let good = [
    Example(
      """
      &clock {
        clock-frequency = <1>;
      };
      """)
  ]
  static let bad = [
    Example(
      """
      &clock {  // finding
        /delete-property/ clock-frequency;
      };
      """)
  ]

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for node in view.nodes(compatibleWith: "fixed-clock") where view.isEnabled(node) {
      let property = node.property("clock-frequency")
      guard property?.cell(0) == nil else { continue }
      report(
        "the clock has no frequency", at: property.map(Spot.property) ?? .node(node),
        expected: "clock-frequency, in hertz")
    }
  }
}
