import ACPI
import Diagnostics
import GuestView

/// A GIC takes rising edges and high levels.
enum GSITrigger: TableRule {
  static let id = "acpi/gsi-trigger"
  static let severity = Severity.error
  static let summary = "an interrupt at a GIC is active low"
  static let rationale = """
    The inputs of a GIC that devices have know two kinds: a rising edge and a high level. Low levels and falling \
    edges, as PCI has them on a PC, are refused when a driver asks for the interrupt.
    """
  static let consequence =
    "the driver's request for the interrupt fails with -22, and the device with it"
  static let logLine: String? = "genirq: Setting trigger mode 8 for irq failed"
  static let help = "write Edge, ActiveHigh or Level, ActiveHigh, whichever the device does"
  static let sources = [
    Source.linux("drivers/irqchip/irq-gic-v3.c", "gic_set_type"),
    .linux("drivers/irqchip/irq-gic.c", "gic_set_type"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()])]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO0: _CRS[1]"],
      [
        TableExamples.virtio(resources: [
          TableExamples.window(0x0a00_0000),
          TableExamples.line(48, InterruptMode(isEdge: false, isActiveLow: true)),
        ])
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64) else { return }
    for device in view.devices where device.isPresent {
      for interrupt in device.interrupts
      where interrupt.mode.isActiveLow && !interrupt.hasSource && interrupt.number >= 32 {
        report(
          "interrupt \(interrupt.number) is active low, which no GIC takes",
          at: device.place(of: interrupt), expected: "ActiveHigh")
      }
    }
  }
}
