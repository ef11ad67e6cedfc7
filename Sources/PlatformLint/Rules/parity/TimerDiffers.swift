import ACPI
import DeviceTree
import Diagnostics
import GuestView

/// The architected timer has the same interrupts in both descriptions.
enum TimerDiffers: ParityRule {
  static let id = "parity/timer-differs"
  static let severity = Severity.warning
  static let summary = "the timer's node and GTDT give different interrupts"
  static let rationale = """
    A tree lists the private interrupts of the timer in a fixed order, counted from 0; GTDT has a field for each, \
    with its INTID, 16 more. Without the right one there is no tick.
    """
  static let consequence = "a guest that goes by the wrong one hangs early, and logs nothing more"
  static let help = "of PPI n write GSI n + 16 into GTDT, with the same trigger"
  static let exceptions = """
    An interrupt that one of the two doesn't have isn't compared, and neither is whether the timer is always on.
    """
  static let sources = [
    Source.linux(
      "drivers/clocksource/arm_arch_timer.c", "arch_timer_of_init", "arch_timer_acpi_init"),
    .acpi("5.2.25"), .binding("timer/arm,arch_timer.yaml"),
  ]
  private static func gtdt(virtual: UInt32) -> [UInt8] {
    TableExample.written { () throws(ACPIError) in
      try GTDT(
        secureEL1: .init(29), nonSecureEL1: .init(30), virtual: .init(virtual),
        nonSecureEL2: .init(26)
      ).bytes()
    }
  }
  static let goodPairs = [ParityExample([TableExamples.virtio()], with: [gtdt(virtual: 27)])]
  static let badPairs = [
    ParityExample(at: ["GTDT"], [TableExamples.virtio()], with: [gtdt(virtual: 11)])
  ]

  /// The names of `interrupt-names`, in the order of `interrupts` without them.
  private static let names = ["sec-phys", "phys", "virt", "hyp-phys", "hyp-virt"]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    guard let gtdt = view.tables.gtdt, let content = gtdt.content,
      let node = Timers.all(in: view.tree).first
    else { return }
    let timers = [
      content.secureEL1, content.nonSecureEL1, content.virtual, content.nonSecureEL2,
      content.virtualEL2,
    ]
    let stated = node.property("interrupt-names")?.strings
    for specifier in view.tree.interrupts(of: node) {
      guard let gic = specifier.gic else { continue }
      let name =
        stated.map { $0.indices.contains(specifier.index) ? $0[specifier.index] : "" }
        ?? (names.indices.contains(specifier.index) ? names[specifier.index] : "")
      guard let index = names.firstIndex(of: name) else { continue }
      let timer = timers[index]
      guard timer.interrupt != 0 else { continue }
      let mode = InterruptMode(
        isEdge: timer.flags & 1 != 0, isActiveLow: timer.flags & 2 != 0)
      let own = InterruptMode(trigger: gic.trigger)
      let isSame = UInt64(timer.interrupt) == gic.interruptID
      if isSame, own.map({ $0.isEdge == mode.isEdge }) ?? true { continue }
      report(
        isSame
          ? "the tree has another trigger of the timer \(name)"
          : "the tree has another interrupt of the timer \(name)",
        at: .tables(view.tables.place(ofTable: gtdt.number)),
        found: isSame ? mode.signal : "GSI \(timer.interrupt)",
        expected: isSame ? own?.signal : "GSI \(gic.interruptID)",
        related: [
          ParityParty(
            "is what the tree says, \(gic.name)",
            at: .tree(
              .element(specifier.property, specifier.index, cells: specifier.cells)))
        ])
    }
  }
}
