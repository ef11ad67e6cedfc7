import ACPI
import Diagnostics
import GuestView

/// On arm64, FADT is of ACPI 5.1 or later.
enum FADTRevision: TableRule {
  static let id = "acpi/fadt-revision"
  static let severity = Severity.error
  static let summary = "FADT is older than what an arm64 guest takes"
  static let rationale = """
    What an Arm machine needs came with ACPI 5.1: how processors are started is in FADT's Arm boot flags. The revision is \
    in two bytes, 5 in the header and 1 at byte 131.
    """
  static let consequence = """
    Linux switches ACPI off; a guest without a device tree, or with one that holds no devices, finds nothing and stops
    """
  static let logExample: String? =
    "ACPI: [Firmware Bug]: Unsupported FADT revision 4.0, should be 5.1+"
  static let help = "write the table as ACPI 5.1 or later has it, and its revision"
  static let exceptions = """
    With Arm boot flags that aren't 0, Linux complains and goes on: the finding is a warning.
    """
  static let sources = [
    Source.linux("arch/arm64/kernel/acpi.c", "acpi_fadt_sanity_check"), .acpi("5.2.9"),
  ]
  static let goodTables = [TableExample([TableExamples.virtio()], with: [TableExamples.fadt()])]
  static let badTables = [
    TableExample(
      at: ["FACP"], [TableExamples.virtio()], with: [TableExamples.fadt { $0[8] = 4 }],
      note: "In the bytes, the revision is 4."),
    TableExample(
      at: ["FACP"], [TableExamples.virtio()],
      with: [
        TableExamples.fadt {
          $0[8] = 5
          $0[131] = 0
          $0[129] = 0
        }
      ], note: "In the bytes, the revision is 5.0, and the Arm boot flags are 0."),
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64), let fadt = view.fadt, let content = fadt.content else { return }
    let image = view.set.tables[fadt.number]
    let minorAt = image.byteRange.lowerBound + 131
    let minor = minorAt < image.byteRange.upperBound ? image.file[minorAt] & 0xf : 0
    let major = image.header.revision
    guard major < 5 || major == 5 && minor < 1 else { return }
    let isTaken = content.armBootFlags != 0
    let line = "[Firmware Bug]: Unsupported FADT revision \(major).\(minor), should be 5.1+"
    report(
      "FADT is of an ACPI that has no Arm machines", at: view.place(ofTable: fadt.number),
      found: "revision \(major).\(minor)", expected: "5.1 or later",
      severity: isTaken ? .warning : nil, log: .line(line),
      consequence: isTaken ? "Linux complains, and takes the table for one of 5.1" : nil)
  }
}
