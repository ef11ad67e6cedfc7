import ACPI
import Diagnostics
import GuestView

/// Outside of PCs, a machine of ACPI is a hardware-reduced one.
enum FADTNotReduced: TableRule {
  static let id = "acpi/fadt-not-reduced"
  static let severity = Severity.error
  static let summary = "FADT doesn't say that the machine is hardware-reduced"
  static let rationale = """
    A machine without a PC's registers of power management sets bit 20 of FADT's flags, HW_REDUCED_ACPI. On arm64 and \
    RISC-V Linux knows no other, and looks at the bit before anything else of the tables.
    """
  static let consequence = """
    Linux switches ACPI off; a guest without a device tree, or with one that holds no devices, finds nothing and stops
    """
  static let logLine: String? = "FADT not ACPI hardware reduced compliant"
  static let help = "set bit 20 of the flags, at byte 112 of FADT"
  static let exceptions = "A guest with acpi=force goes on with the tables."
  static let sources = [
    Source.linux("arch/arm64/kernel/acpi.c", "acpi_fadt_sanity_check"),
    .linux("arch/riscv/kernel/acpi.c", "acpi_fadt_sanity_check"), .acpi("5.2.9"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()], with: [TableExamples.fadt()])]
  static let badTables = [
    TableExample(
      at: ["FACP"], [TableExamples.virtio()], with: [TableExamples.fadt { $0[114] &= 0xef }],
      note: "In the bytes, bit 20 of the flags is 0.")
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64) || view.isOn(.riscv64), let fadt = view.fadt,
      let content = fadt.content, content.flags & FADT.hardwareReduced == 0
    else { return }
    report(
      "the machine is not said to be hardware-reduced", at: view.place(ofTable: fadt.number),
      found: "flags \(ByteText.hex(UInt64(content.flags)))", expected: "HW_REDUCED_ACPI, bit 20")
  }
}
