import ACPI
import Diagnostics
import GuestView

/// GTDT gives the timer that a guest uses an interrupt of each processor.
enum TimerWithoutInterrupt: TableRule {
  static let id = "acpi/timer-without-interrupt"
  static let severity = Severity.error
  static let summary = "GTDT has no interrupt for the virtual timer"
  static let rationale = """
    A guest uses the virtual timer, at EL1 the one that a hypervisor needs no help for, and the physical one where the \
    virtual has no interrupt, which is a GSI of 0. Both are a processor's own: 16 to 31.
    """
  static let consequence = "the guest has no timer, and stops"
  static let logLine: String? = "arch_timer: can't register interrupt"
  static let help =
    "write 27 for the virtual timer, and 30 for the physical one, as an Arm machine has them"
  static let exceptions = """
    Where the physical timer has an interrupt, Linux takes that, which traps with each use: the finding is a warning.
    """
  static let sources = [
    Source.linux(
      "drivers/clocksource/arm_arch_timer.c", "arch_timer_acpi_init", "arch_timer_select_ppi"),
    .acpi("5.2.25"),
  ]
  private static func table(physical: UInt32, virtual: UInt32) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try GTDT(
        secureEL1: .init(29), nonSecureEL1: .init(physical), virtual: .init(virtual),
        nonSecureEL2: .init(26)
      ).bytes()
    }
  }
  static let goodTables = [
    TableExample([TableExamples.virtio()], with: [table(physical: 30, virtual: 27)])
  ]
  static let badTables = [
    TableExample(
      at: ["GTDT"], [TableExamples.virtio()], with: [table(physical: 30, virtual: 0)]),
    TableExample(
      at: ["GTDT"], [TableExamples.virtio()], with: [table(physical: 0, virtual: 0)]),
    TableExample(
      at: ["GTDT"], [TableExamples.virtio()], with: [table(physical: 30, virtual: 11)]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64), let gtdt = view.gtdt, let content = gtdt.content else { return }
    let place = view.place(ofTable: gtdt.number)
    let number = content.virtual.interrupt
    if number == 0 {
      let hasPhysical = content.nonSecureEL1.interrupt != 0
      report(
        hasPhysical
          ? "the virtual timer has no interrupt"
          : "neither the virtual timer nor the physical one has an interrupt",
        at: place, found: "GSI 0", expected: "16 to 31, and 27 as a rule",
        severity: hasPhysical ? .warning : nil, log: hasPhysical ? .nothing : .ofRule,
        consequence: hasPhysical
          ? "Linux takes the physical timer, which the hypervisor has to imitate" : nil)
    } else if !(16...31).contains(number), !(1056...1119).contains(number) {
      report(
        "the interrupt of the virtual timer is none of a processor's own", at: place,
        found: "GSI \(number)", expected: "16 to 31, and 27 as a rule", log: .nothing)
    }
  }
}
