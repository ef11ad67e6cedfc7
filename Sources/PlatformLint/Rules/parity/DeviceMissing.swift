import ACPI
import Diagnostics
import GuestView

/// Whichever description the guest goes by, it has the same devices.
enum DeviceMissing: ParityRule {
  static let id = "parity/device-missing"
  static let severity = Severity.warning
  static let summary = "a device is in the tree or in the tables alone"
  static let rationale = """
    A guest goes by one of the two descriptions, and finds the devices of that one. One that the other has alone is \
    there and isn't seen: a disk that is missing after the firmware, or the command line, has changed.
    """
  static let consequence = "a guest that goes by the other description doesn't have the device"
  static let help = "describe the device in both, or take it out of both"
  static let exceptions = """
    Of a device that is no virtio-mmio transport and no serial port the finding is a note. What has no id of ACPI, as \
    an Arm clock, and flash, which is the firmware's, isn't looked for in the tables; nor is anything where the tables have no DSDT, or the tree no processor, which are not all \
    that a guest has. Devices are the same that begin at one address; of what is left those of one kind in their \
    order, where there are as many of each.
    """
  static let sources = [
    Source.linux("drivers/of/platform.c", "of_platform_default_populate_init"),
    .linux("drivers/acpi/scan.c", "acpi_default_enumeration"),
  ]
  private static let second = TableExamples.virtio(
    "VIO1", uid: 1, base: 0x0a00_0200, interrupt: 49)
  static let goodPairs = [
    ParityExample(
      tables: [
        ParityExamples.dsdt([ParityExamples.serial, TableExamples.virtio(), second])
      ], base: .arm64)
  ]
  static let badPairs = [
    ParityExample(
      at: ["/virtio@a000200: reg[0]"],
      tables: [ParityExamples.dsdt([ParityExamples.serial, TableExamples.virtio()])],
      base: .arm64),
    ParityExample(
      at: ["\\_SB.VIO2: _CRS[0]"],
      tables: [
        ParityExamples.dsdt([
          ParityExamples.serial, TableExamples.virtio(), second,
          TableExamples.virtio("VIO2", uid: 2, base: 0x0a00_0400, interrupt: 50),
        ])
      ], base: .arm64),
  ]

  static func check(_ view: ParityView, _ report: inout ParityReporter) {
    for lone in view.loneDevices
    where view.hasWholeTree && (lone.role.isKnown || lone.device.isByCompatible) {
      report(
        "the tree has no such \(lone.role.name)",
        at: .tables(lone.device.place(of: lone.window)), found: "\(lone.range)",
        severity: lone.role.isVital ? .warning : .note)
    }
    guard view.hasWholeTables else { return }
    for lone in view.loneNodes where lone.role.isTold {
      report(
        "the tables have no such \(lone.role.name)",
        at: .tree(.element(lone.property, 0, cells: lone.cells)), found: "\(lone.range)",
        severity: lone.role.isVital ? .warning : .note)
    }
  }
}
