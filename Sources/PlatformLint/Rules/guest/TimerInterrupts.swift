import DeviceTree
import Diagnostics
import GuestView

/// The timer's interrupts are private ones, in a fixed order.
enum TimerInterrupts: Rule {
  static let id = "guest/timer-interrupts"
  static let severity = Severity.error
  static let summary = "the architected timer lacks interrupts, or has shared ones"
  static let rationale = """
    Every CPU has timers of its own, so their interrupts are private: those of the secure, physical, \
    virtual and hypervisor timer, in this order unless interrupt-names tells another. A guest uses \
    the virtual one, or the physical one if it has to.
    """
  static let consequence = "there is no clock source, and the boot stops"
  static let logLine: String? = "arch_timer: No interrupt available, giving up"
  static let help = "write interrupts = <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>"
  static let exceptions =
    "The number of interrupts where interrupt-names tells which ones there are."
  static let sources = [
    Source.linux("drivers/clocksource/arm_arch_timer.c", "arch_timer_of_init"),
    .binding("timer/arm,arch_timer.yaml"),
  ]
  static let silencedBy: [any Rule.Type] = [DanglingInterruptParent.self]
  static let good = [example("<1 13 4>, <1 14 4>, <1 11 4>;")]
  static let bad = [
    example("<1 13 4>;  // finding"),
    example("<0 13 4>, <0 14 4>, <0 11 4>, <0 10 4>;  // finding"),
    Example(
      """
      / {
        timer {  // finding
          /delete-property/ interrupts;
        };
      };
      """),
  ]

  private static func example(_ interrupts: String) -> Example {
    Example(
      """
      / {
        timer {
          interrupts = \(interrupts)
        };
      };
      """)
  }

  static func check(_ view: GuestView, _ report: inout Reporter) {
    for timer in Timers.all(in: view) {
      let interrupts = view.interrupts(of: timer)
      guard let property = interrupts.first?.property else {
        // What stands there and can't be read is told of where it is wrong.
        guard !timer.has("interrupts"), !timer.has("interrupts-extended") else { continue }
        report(
          "the timer has no interrupts", at: .node(timer),
          expected: "4: secure, physical, virtual, hypervisor")
        continue
      }
      if interrupts.count < 2, !timer.has("interrupt-names") {
        report(
          "the timer has no interrupt that a guest can use", at: .property(property),
          found: "\(interrupts.count) of them", expected: "4: secure, physical, virtual, hypervisor"
        )
      }
      for interrupt in interrupts {
        guard let gic = interrupt.gic, gic.kind == .spi || gic.kind == .extendedSPI else {
          continue
        }
        report(
          "the interrupt is shared by all CPUs",
          at: .element(interrupt.property, interrupt.index, cells: interrupt.cells),
          found: gic.name, expected: "a PPI (type 1)")
      }
    }
  }
}
