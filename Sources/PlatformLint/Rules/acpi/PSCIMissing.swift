import ACPI
import Diagnostics
import GuestView

/// With several processors, FADT says how they are started.
enum PSCIMissing: TableRule {
  static let id = "acpi/psci-missing"
  static let severity = Severity.error
  static let summary = "nothing says how the other processors of an arm64 machine are started"
  static let rationale = """
    Bit 0 of FADT's Arm boot flags says that there is PSCI, and bit 1 that it is called by HVC. Without it, each processor \
    needs an address of the parking protocol in its entry of APIC, which VMMs don't have.
    """
  static let consequence =
    "the guest runs on its first processor alone, and can't switch itself off"
  static let logLine: String? = "Unsupported ACPI enable-method"
  static let help = "set bit 0, and bit 1 where PSCI is called by HVC, at byte 129 of FADT"
  static let exceptions = "Machines of one processor, and processors with an address for parking."
  static let sources = [
    Source.linux("arch/arm64/kernel/cpu_ops.c", "cpu_read_enable_method"),
    .linux("arch/arm64/include/asm/acpi.h", "acpi_get_enable_method"), .acpi("5.2.9.4"),
  ]
  private static func tables(_ flags: UInt16) -> [[UInt8]] {
    [
      TableExample.written { () throws(ACPIError) in
        try FADT(dsdt: 0x4000_0000, armBootFlags: flags).bytes()
      },
      TableExample.written { () throws(ACPIError) in
        try MADT([
          .gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0)),
          .gicc(GICC(uid: 1, mpidr: 1)), .gicr(address: 0x080a_0000, length: 0x4_0000),
        ]).bytes()
      },
    ]
  }
  static let goodTables = [
    TableExample(in: .none, [TableExamples.virtio()], with: tables(3))
  ]
  static let badTables = [
    TableExample(in: .none, at: ["FACP"], [TableExamples.virtio()], with: tables(0))
  ]

  static func check(_ view: TablesView, _ report: inout TableReporter) {
    guard view.isOn(.arm64), let fadt = view.fadt, let content = fadt.content,
      content.armBootFlags & 1 == 0, let madt = view.madt, let entries = madt.content?.entries
    else { return }
    let offsets = madt.content?.byteOffsets ?? []
    let file = view.set.tables[madt.number].file
    var count = 0
    for (index, entry) in entries.enumerated() {
      guard case .gicc(let gicc) = entry, gicc.flags & 1 != 0 else { continue }
      count += 1
      // Parked Address, which a processor without PSCI waits at.
      guard offsets.indices.contains(index), offsets[index] + 32 <= file.count else { continue }
      let parked = file[(offsets[index] + 24)..<(offsets[index] + 32)]
      if parked.contains(where: { $0 != 0 }) { return }
    }
    guard count > 1 else { return }
    report(
      "the machine has \(count) processors, and no PSCI to start them by",
      at: view.place(ofTable: fadt.number), found: "Arm boot flags \(content.armBootFlags)",
      expected: "bit 0, PSCI_COMPLIANT")
  }
}
