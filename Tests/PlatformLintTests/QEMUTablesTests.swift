import ACPI
import DTGenTestSupport
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("The tables of QEMU's machines, judged", .requires(.qemuX86), .requires(.qemuArm))
struct QEMUTablesTests {
  /// What is wrong with QEMU 7.2's tables indeed, and works on Linux nevertheless.
  private static let known: Set<String> = [
    // build_dbg2 writes the last name of the path alone.
    "acpi/console-missing DBG2: port[0]",
    // build_iort writes the number of ids, and not one less.
    "acpi/iort-ids-overlap IORT: node[2]",
    // There is an ITS group for machines without an ITS.
    "acpi/iort-target IORT: node[0]",
    // Each host has link devices that are counted from 0.
    "acpi/uid-shared \\_SB.PCI0.GSI0: _UID", "acpi/uid-shared \\_SB.PCI0.GSI1: _UID",
    "acpi/uid-shared \\_SB.PCI0.GSI2: _UID", "acpi/uid-shared \\_SB.PCI0.GSI3: _UID",
  ]

  @Test("have no error, and no warning but those that are known", arguments: QEMUTables.all)
  func silent(_ machine: QEMUTables) throws {
    let file = try TableFile(try machine.tables().flatMap { $0 })
    let view = TablesView(TableSet([TableSet.Member(file, name: "qemu.aml")]))
    let isPC = machine.tool.name == Tool.qemuX86.name
    #expect(view.architecture?.architecture == (isPC ? .x86 : .arm64))
    let findings = Linter().lint(view).findings
    #expect(findings.filter { $0.severity == .error }.map(\.line) == [])
    let others = findings.filter { !Self.known.contains("\($0.rule) \($0.tablePlace)") }
    #expect(others.map(\.line) == [])
    let hasPCI = !machine.machine.hasPrefix("microvm") || machine.machine.contains("pcie=on")
    #expect(view.pciHosts.isEmpty != hasPCI)
  }
}
