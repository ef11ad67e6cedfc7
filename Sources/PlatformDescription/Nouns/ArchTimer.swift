/// The architected timer of an Arm processor.
///
/// Becomes `timer { compatible = "arm,armv8-timer"; interrupts = <…>; always-on; }` with the secure,
/// non-secure, virtual and hypervisor timers, in this order.
///
/// **Source:** kernel binding `timer/arm,arch_timer.yaml`; Linux
/// `drivers/clocksource/arm_arch_timer.c`.
public struct ArchTimer: Component, Hashable, Codable {
  /// The four interrupts: secure, non-secure, virtual, hypervisor.
  public var interrupts: [Interrupt]
  /// `always-on`: the timer keeps running while a processor sleeps, as in a VM it does.
  public var alwaysOn: Bool
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .archTimer(self) }

  /// The timer with the interrupts that every VMM uses: PPI 13, 14, 11 and 10.
  ///
  /// **Source:** Arm BSA 1.0, table "PPI assignments": INTID 29, 30, 27, 26.
  public init(
    interrupts: [Interrupt] = [
      .ppi(13, .levelHigh), .ppi(14, .levelHigh), .ppi(11, .levelHigh), .ppi(10, .levelHigh),
    ], alwaysOn: Bool = true,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.interrupts = interrupts
    self.alwaysOn = alwaysOn
    self.declaration = Declaration(file, line, column)
  }
}
