import ACPI
import Diagnostics
import GuestView
import PlatformLint
import Testing

@Suite("Places in tables")
struct TablePlaceTests {
  @Test("a header is that of its table, wherever it stands in a file", arguments: 0..<3)
  func headers(wrong: Int) throws {
    let signatures = ["SSDT", "MCFG", "SSDT"]
    let tables = try signatures.map { signature in
      var bytes = try DefinitionBlock.ssdt("EXAMPLE", [.name("VERS", .integer(2))]).bytes()
      bytes.replaceSubrange(0..<4, with: Array(signature.utf8))
      bytes[9] &-= bytes.reduce(0, &+)
      return bytes
    }
    var bytes = tables.flatMap(\.self)
    let start = tables[..<wrong].reduce(0) { $0 + $1.count }
    bytes[start + 9] ^= 0xff
    // A file of its own in front of it, so that the number of a table isn't its number in its file.
    let view = TablesView(
      TableSet([
        TableSet.Member(try TableFile(tables[0]), name: "first.aml"),
        TableSet.Member(try TableFile(bytes), name: "second.aml"),
      ]))
    let findings = Linter().lint(view).findings.filter { $0.rule == "acpi/checksum-wrong" }
    #expect(findings.map(\.place.file) == ["second.aml"])
    #expect(findings.map(\.place.node) == [signatures[wrong]])
    for number in tables.indices {
      let offset = tables[..<number].reduce(0) { $0 + $1.count }
      #expect(view.table(at: offset, inMember: 1) == 1 + number)
      #expect(view.table(at: offset + tables[number].count - 1, inMember: 1) == 1 + number)
    }
    #expect(view.table(at: 5, inMember: 0) == 0)
  }

  @Test("the first of several tables of the first file has its own bytes")
  func first() throws {
    let table = try DefinitionBlock.ssdt("EXAMPLE", [.name("VERS", .integer(2))]).bytes()
    let view = TablesView(TableSet([TableSet.Member(try TableFile(table + table))]))
    #expect(view.table(at: 9, inMember: 0) == 0)
    #expect(view.table(at: table.count + 9, inMember: 0) == 1)
  }
}
