import DeviceTree
import Diagnostics
import GuestView

/// A private interrupt has a number from 0 to 15.
enum TimerInterruptOutOfRange: Rule {
  static let id = "guest/timer-interrupt-out-of-range"
  static let severity = Severity.error
  static let summary = "a private interrupt of the architected timer has a number above 15"
  static let rationale = """
    The second cell of a private interrupt is its number without the 16 of the ones between CPUs. Linux \
    adds them and doesn't look at the result: from 16 on it is a shared interrupt, which can't be asked \
    for as one that every CPU has. A table of the architecture has INTIDs, 27 for the virtual timer, which \
    is 11 in a tree.
    """
  static let consequence = "the timer is not started, there is no clock source, and the boot stops"
  static let logLine: String? = "arch_timer: can't register interrupt"
  static let help = "write the INTID less 16: <1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>"
  static let exceptions =
    "A warning for the secure timer and the hypervisor's, which a guest does not use."
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate", "gic_irq_domain_map"),
    .linux("drivers/clocksource/arm_arch_timer.c", "arch_timer_register"),
    .linux("kernel/irq/manage.c", "__request_percpu_irq"),
    .binding("interrupt-controller/arm,gic-v3.yaml"),
    .observed("arch_timer: can't register interrupt 11 (-22)"),
  ]
  static let good = [example("<1 13 4>, <1 14 4>, <1 11 4>, <1 10 4>;")]
  static let bad = [
    example("<1 13 4>, <1 14 4>, <1 27 4>, <1 10 4>;  // finding"),
    example("<1 29 4>, <1 30 4>, <1 27 4>, <1 26 4>;  // finding"),
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
      let names = timer.property("interrupt-names")?.strings
      let wrong = view.interrupts(of: timer).filter { interrupt in
        guard let gic = interrupt.gic else { return false }
        return gic.kind == .ppi && gic.number > 15
      }
      let used = wrong.first { isUsed($0.index, names) }
      guard let first = used ?? wrong.first else { continue }
      let numbers = wrong.compactMap { $0.gic?.number }
      report(
        numbers.count == 1
          ? "there is no such private interrupt" : "there are no such private interrupts",
        at: .element(first.property, first.index, cells: first.cells),
        found: "PPI " + numbers.map { "\($0)" }.joined(separator: ", "),
        expected: "0 to 15"
          + (numbers.allSatisfy { $0 <= 31 }
            ? "; INTID " + numbers.map { "\($0)" }.joined(separator: ", ") + " is PPI "
              + numbers.map { "\($0 - 16)" }.joined(separator: ", ") : ""),
        severity: used == nil ? .warning : nil)
    }
  }

  /// Whether a guest takes the interrupt at `index` for its ticks.
  private static func isUsed(_ index: Int, _ names: [String]?) -> Bool {
    guard let names else { return (1...2).contains(index) }
    return names.indices.contains(index) && ["phys", "virt"].contains(names[index])
  }
}
