import ACPI
import Diagnostics
import GuestView

/// A global interrupt number is one that a controller of the machine has.
enum GSIOutOfRange: TableRule {
  static let id = "acpi/gsi-out-of-range"
  static let severity = Severity.error
  static let summary = "an interrupt is none that the controllers of the machine have"
  static let rationale = """
    On arm64 the number is the INTID, not that of the SPI as in a device tree: devices have 32 to 1019, and 4096 to \
    5119 where the GIC has them; 0 to 15 are between processors, and IRQ and IRQNoFlags can name no others. On a PC the number lies among the inputs of an \
    I/O APIC.
    """
  static let consequence = "the interrupt can't be had, and the driver of the device fails"
  static let logExample: String? = "ERROR: Unable to locate IOAPIC for GSI 300"
  static let help = "write the INTID: the number of the SPI and 32"
  static let exceptions = """
    The numbers 16 to 31 are a processor's own: a timer or a counter may have them, and of other devices the finding is a \
    warning.
    """
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_irq_domain_translate"),
    .linux("arch/x86/kernel/apic/io_apic.c", "mp_find_ioapic"), .acpi("5.2.13"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _CRS[1]"], [TableExamples.virtio(interrupt: 1)]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[1]"], [TableExamples.virtio(interrupt: 16)]),
    TableExample(
      at: ["\\_SB.VIO0: _CRS[1]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000), .irq(IRQDescriptor(mask: 1 << 5)),
        ])
      ]),
    TableExample(
      in: .x86, at: ["\\_SB.VIO0: _CRS[1]"], [TableExamples.virtio(interrupt: 4096)]),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    // A GIC's numbers are the same whatever APIC says of it; of an I/O APIC there has to be one.
    let inputs = inputs(of: view.madt?.content?.entries ?? [])
    for device in view.devices where device.isPresent {
      for interrupt in device.interrupts
      where !interrupt.hasSource && (!interrupt.isLegacy || view.isOn(.arm64)) {
        let number = interrupt.number
        if view.isOn(.arm64) {
          if (32...1019).contains(number) || (4096...5119).contains(number) { continue }
          let isPrivate = (16...31).contains(number)
          report(
            isPrivate
              ? "interrupt \(number) is one of a processor's own"
              : "interrupt \(number) is no INTID that a device has",
            at: device.place(of: interrupt), expected: "32 to 1019",
            severity: isPrivate ? .warning : nil,
            // Of other numbers the GIC says nothing.
            log: number < 16
              ? .line("[Firmware Bug]: Illegal GSI\(number) translation request") : .nothing)
        } else if view.isOn(.x86), let inputs, !inputs.contains(number) {
          report(
            "interrupt \(number) is at no I/O APIC", at: device.place(of: interrupt),
            expected: "\(inputs.lowerBound) to \(inputs.upperBound) at the most",
            log: .line("ERROR: Unable to locate IOAPIC for GSI \(number)"))
        }
      }
    }
  }

  /// From the first input to the last that there can be: an I/O APIC says how many it has only when asked.
  private static func inputs(of entries: [MADTEntry]) -> ClosedRange<UInt32>? {
    let first = entries.compactMap { entry -> UInt32? in
      if case .ioAPIC(_, _, let first) = entry { first } else { nil }
    }
    guard let low = first.min(), let high = first.max() else { return nil }
    let (last, overflow) = high.addingReportingOverflow(239)
    return low...(overflow ? .max : last)
  }
}
