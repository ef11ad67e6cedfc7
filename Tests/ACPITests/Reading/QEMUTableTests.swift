import ACPI
import DTGenTestSupport
import Testing

@Suite("The tables of QEMU's machines", .requires(.qemuX86), .requires(.qemuArm))
struct QEMUTableTests {
  @Test("are read without a problem", arguments: QEMUTables.all)
  func read(_ machine: QEMUTables) throws {
    let tables = try machine.tables()
    let file = try TableFile(tables.flatMap { $0 })
    #expect(file.tables.count == tables.count)
    #expect(file.problems == [], "\(file.problems)")
    let namespace = Namespace(file.tables)
    #expect(namespace.problems == [], "\(namespace.problems)")
    #expect(!namespace.devices.isEmpty)
  }
}
