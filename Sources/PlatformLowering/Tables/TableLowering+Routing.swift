import ACPI
import PlatformDescription

extension TableLowering {
  /// The elements of `_PRT`: where the pins of each slot lead.
  ///
  /// **Source:** ACPI 6.5, section 6.2.13, table 6.14.
  mutating func routing(of host: PCIHostDraft) -> [Term] {
    let location = host.noun.declaration.location
    var rows: [Term] = []
    if let first = host.firstInterrupt {
      let targets = (0..<4).map { target(of: first + $0, at: location) }
      for slot in 0..<32 {
        for pin in 0..<4 { rows.append(row(slot, pin, targets[(slot + pin) % 4])) }
      }
    }
    for entry in host.slotInterrupts.sorted(by: { $0.slot < $1.slot }) {
      rows.append(row(entry.slot, 0, target(of: entry.interrupt, at: entry.location)))
    }
    return rows
  }

  /// Function `0xffff` means all of the slot.
  private func row(_ slot: Int, _ pin: Int, _ target: (source: Term, index: Term)) -> Term {
    .package([
      .integer(UInt64(slot) << 16 | 0xffff), .integer(UInt64(pin)), target.source, target.index,
    ])
  }

  /// Where a pin leads: to an interrupt by its number, or, where its trigger isn't what Linux takes for
  /// granted there, to a link device that says which.
  private mutating func target(
    of interrupt: Interrupt, at location: SourceLocation?
  ) -> (source: Term, index: Term) {
    guard let number = globalInterrupt(interrupt, at: location) else {
      return (.integer(0), .integer(0))
    }
    if interrupt.trigger == machine.architecture.pinTrigger {
      return (.integer(0), .integer(UInt64(number)))
    }
    guard let name = link(to: number, interrupt.trigger, at: location) else {
      return (.integer(0), .integer(0))
    }
    return (.path(NamePath(absolute: ["_SB", name])), .integer(0))
  }

  /// The link device of an interrupt; the same one for all pins that lead there.
  ///
  /// **Source:** ACPI 6.5, section 6.2.13; Linux `drivers/acpi/pci_link.c`, which sets a link before it
  /// uses it.
  private mutating func link(
    to number: UInt32, _ trigger: Interrupt.Trigger, at location: SourceLocation?
  ) -> NameSegment? {
    let linkID = "PNP0C0F"
    if let known = devices.first(where: { $0.hardwareID == linkID && $0.interrupts == [number] }) {
      return known.name
    }
    guard let name = take(at: location) else { return nil }
    var mode = trigger.mode
    mode.isShared = true
    let resources: [ResourceDescriptor] = [.interrupt(ExtendedInterrupt([number], mode: mode))]
    var device = DeviceDraft(
      name: name, hardwareID: linkID, uid: takeUID(of: linkID), location: location)
    device.interrupts = [number]
    device.details = [.name("_PRS", .resources(resources))]
    device.resources = resources
    device.children = [.method(Method("_SRS", argumentCount: 1, body: []))]
    devices.append(device)
    return name
  }
}

extension Architecture {
  /// How Linux takes a pin that `_PRT` leads to an interrupt by its number.
  ///
  /// **Source:** Linux `drivers/acpi/pci_irq.c`, `acpi_pci_irq_enable`: level, and active low but for
  /// a GIC and for RISC-V.
  fileprivate var pinTrigger: Interrupt.Trigger {
    switch self {
    case .arm64, .riscv64: .levelHigh
    case .x86_64: .levelLow
    // There are no tables for them.
    case .ppc64, .s390x: .levelHigh
    }
  }
}
