import DTGenTestSupport
import Foundation
import Testing

@Suite("the tables of fixtures/", .requiresDistribution)
struct TableFixtureTests {
  private static func hasAML(_ name: String) -> Bool {
    name.hasSuffix("-ssdt.aml") || name.hasSuffix("-dsdt.aml")
  }

  @Test(
    "are what iasl makes of their text, without a word of it", .requires(.iasl),
    arguments: BuiltFixture.withTables)
  func text(name: String) throws {
    let built = try BuiltFixture(name)
    let tables = try built.tables().filter { Self.hasAML($0.name) }
    #expect(!tables.isEmpty)
    for table in tables {
      let text = try built.text(table.name.replacingOccurrences(of: ".aml", with: ".asl"))
      let compiled = try IASL.compile(text, options: ["-on", "-of"])
      #expect(compiled.warnings == "", "\(table.name)")
      // Who made it stands in the header, and the checksum with it.
      #expect(compiled.bytes.count == table.bytes.count, "\(table.name)")
      #expect(compiled.bytes.dropFirst(36) == table.bytes.dropFirst(36), "\(table.name)")
    }
  }

  @Test(
    "are taken apart by iasl without a complaint", .requires(.iasl),
    arguments: BuiltFixture.withTables)
  func disassembled(name: String) throws {
    let tables = try BuiltFixture(name).tables()
    #expect(!tables.isEmpty)
    for table in tables {
      let (source, warnings) = try IASL.disassemble([table.bytes])
      #expect(warnings == "", "\(table.name)")
      #expect(!source.contains("Invalid"), "\(table.name)")
      #expect(table.bytes.reduce(0, &+) == 0, "\(table.name)")
    }
  }

  @Test(
    "are loaded by acpiexec, with every device in its namespace", .requires(.acpiexec),
    arguments: BuiltFixture.withTables)
  func loaded(name: String) throws {
    let built = try BuiltFixture(name)
    for table in try built.tables() where Self.hasAML(table.name) {
      let text = try built.text(table.name.replacingOccurrences(of: ".aml", with: ".asl"))
      let count = text.components(separatedBy: "Device (").count - 1
      let result = try ACPIExec.run(["evaluate \\_SB.D000._UID"], on: [table.bytes])
      #expect(result.complaints == "", "\(table.name)")
      #expect(result.text.contains("Objects with   \(count) Devices"), "\(table.name)")
      #expect(result.text.contains("[Integer] = 0000000000000000"), "\(table.name)")
    }
  }
}
