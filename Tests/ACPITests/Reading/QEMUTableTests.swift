import ACPI
import DTGenTestSupport
import Testing

@Suite("The tables of QEMU's machines", .requires(.qemuX86), .requires(.qemuArm))
struct QEMUTableTests {
  @Test("are read without a problem, and as iasl does", .requires(.iasl), arguments: QEMUTables.all)
  func read(_ machine: QEMUTables) throws {
    let tables = try machine.tables()
    let file = try TableFile(tables.flatMap { $0 })
    #expect(file.tables.count == tables.count)
    #expect(file.problems == [], "\(file.problems)")
    let namespace = Namespace(file.tables)
    #expect(namespace.problems == [], "\(namespace.problems)")
    for (number, table) in file.tables.enumerated() where table.hasAML {
      let others = file.tables.indices.filter { $0 != number && file.tables[$0].hasAML }
      let source = try IASL.disassemble([table.bytes] + others.map { file.tables[$0].bytes }).source
      try expectAgreement(namespace, table: number, with: source)
    }
  }

  /// Holds the devices of one table against iasl's text of it, and against what iasl makes of its text and
  /// of ours.
  private func expectAgreement(
    _ namespace: Namespace, table: Int, with source: String
  ) throws {
    let ours = Devices(namespace, table: table)
    let outline = DisassemblyOutline(source)
    #expect(ours.paths == outline.devices)
    // QEMU gives \_GPE an id, too, which is no device.
    let different = Set(ours.paths)
      .filter { ours.hardwareIDs[$0] != outline.hardwareIDs[$0] }
    #expect(different.isEmpty)
    let text = try #require(namespace.definitionBlock(ofTable: table)).sourceText
    for source in [source, text] {
      // What QEMU's tables lack or have too much isn't what is looked at here.
      let compiled = try IASL.compile(source, options: ["-on", "-of", "-f", "-va"]).bytes
      let theirs = Devices(try Namespace(file: compiled), table: 0)
      #expect(ours.paths == theirs.paths)
      #expect(ours.hardwareIDs == theirs.hardwareIDs)
      #expect(ours.resources == theirs.resources)
    }
  }

  /// What is compared of the devices that one table declares.
  private struct Devices {
    var paths: [String] = []
    var hardwareIDs: [String: String] = [:]
    var resources: [String: [ResourceDescriptor]] = [:]

    init(_ namespace: Namespace, table: Int) {
      let devices = namespace.devices.filter { $0.table == table }
        .sorted { ($0.byteOffset ?? 0) < ($1.byteOffset ?? 0) }
      for device in devices {
        paths.append(device.path)
        if let id = device.hardwareID.value { hardwareIDs[device.path] = id.text }
        if let template = device.currentResources.value {
          resources[device.path] = template.descriptors
          if !template.problems.isEmpty { Issue.record("\(template.problems)") }
        }
      }
    }
  }
}
