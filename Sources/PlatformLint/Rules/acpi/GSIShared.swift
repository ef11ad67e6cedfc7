import ACPI
import Diagnostics
import GuestView

/// An interrupt is one device's, or all that have it say that it is shared.
enum GSIShared: TableRule {
  static let id = "acpi/gsi-shared"
  static let severity = Severity.error
  static let summary = "two devices have one interrupt, and do not agree about it"
  static let rationale = """
    A line has one trigger and one polarity: the first device that asks sets them, and one that wants others is \
    refused. Where they are alike, drivers may share a line if all of them say so, as those of virtio do.
    """
  static let consequence = "the device whose driver comes second has no interrupt, and fails"
  static let logLine: String? = "irq: type mismatch, failed to map hwirq"
  static let help =
    "give each device an interrupt of its own, or the same trigger, polarity and Shared"
  static let exceptions = """
    Where trigger and polarity agree and one of the two says Exclusive, the finding is a warning; of two virtio \
    devices a note. A line of a PC's old controllers may be routed elsewhere, and is a warning too. Link devices of PCI, PNP0C0F, route lines and are left alone.
    """
  static let sources = [
    Source.linux("kernel/irq/irqdomain.c", "irq_create_fwspec_mapping"),
    .linux("drivers/virtio/virtio_mmio.c", "vm_find_vqs"), .acpi("6.4.3.6"),
    .observed("one line with edge and level: type mismatch"),
  ]
  static let goodTables = [
    TableExample([
      TableExamples.virtio(),
      TableExamples.virtio("VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49),
    ])
  ]
  static let badTables = [
    TableExample(
      at: ["\\_SB.VIO1: _CRS[1]"],
      [
        TableExamples.virtio(),
        TableExamples.virtio(
          "VIO1", uid: 1,
          resources: [
            TableExamples.window(0x0a00_0200), TableExamples.line(48, .levelHigh),
          ]),
      ])
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    var owners: [UInt32: (device: TableDevice, interrupt: TableInterrupt)] = [:]
    for device in view.devices where device.isPresent && !device.isConditional {
      // What it is must be known, and that it is no router.
      if device.isAny(of: "PNP0C0F") || device.hasUnknownID { continue }
      for interrupt in device.interrupts where !interrupt.hasSource {
        guard let (other, first) = owners[interrupt.number] else {
          owners[interrupt.number] = (device, interrupt)
          continue
        }
        if other.index == device.index { continue }
        let (one, two) = (first.mode, interrupt.mode)
        let agrees = one.isEdge == two.isEdge && one.isActiveLow == two.isActiveLow
        if agrees, one.isShared, two.isShared { continue }
        let isLegacy = first.isLegacy || interrupt.isLegacy
        let areVirtio = other.isVirtioMMIO && device.isVirtioMMIO
        report(
          agrees
            ? "interrupt \(interrupt.number) is another device's too, and not said to be shared"
            : "interrupt \(interrupt.number) is another device's, with another trigger or polarity",
          at: device.place(of: interrupt), found: text(two), expected: agrees ? nil : text(one),
          related: [TableParty("has it as \(text(one))", at: other.place(of: first))],
          severity: agrees && areVirtio ? .note : agrees || isLegacy ? .warning : nil,
          log: agrees ? .nothing : .ofRule,
          consequence: agrees ? consequence(ofAgreeing: areVirtio) : nil)
      }
    }
  }

  /// What comes of two devices that only don't both say that they share.
  private static func consequence(ofAgreeing areVirtio: Bool) -> String {
    areVirtio
      ? "both work: the driver of virtio shares its line whatever is said, and each interrupt asks both devices"
      : "where one of the two drivers doesn't share its line, the one that comes second has no interrupt, and fails"
  }

  private static func text(_ mode: InterruptMode) -> String {
    "\(mode.isEdge ? "Edge" : "Level"), \(mode.isActiveLow ? "ActiveLow" : "ActiveHigh"), "
      + (mode.isShared ? "Shared" : "Exclusive")
  }
}
