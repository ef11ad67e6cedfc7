import ACPI
import DTGenTestSupport
import Testing

@testable import dtgen_dev

@Suite("The tables of boots")
struct BootTablesTests {
  private static let disk = BootTables(source: .terms(TableTerms.disk(on: .uefi)), hidden: [0, 12])

  /// The tables of an archive: what stands behind each name.
  private func tables(in archive: [UInt8]) throws -> [[UInt8]] {
    var tables: [[UInt8]] = []
    let mark = Array("kernel/firmware/acpi/".utf8)
    var rest = archive[...]
    while let name = rest.firstRange(of: mark) {
      let end = try #require(rest[name.upperBound...].firstIndex(of: 0))
      // Files start at multiples of four bytes.
      let start = (end + 4) / 4 * 4
      let length = (0..<4).reduce(0) { $0 | Int(archive[start + 4 + $1]) << (8 * $1) }
      tables.append(Array(archive[start..<min(start + length, archive.count)]))
      rest = archive[(end + 1)...]
    }
    return tables
  }

  @Test("come first in an initrd, and hide those of QEMU in a table of their own", .requires(.iasl))
  func archive() throws {
    let tables = try tables(in: Self.disk.archive())
    #expect(tables.count == 2)
    for table in tables { #expect(try TableFile(table).problems == []) }
    let namespace = try Namespace(tables.flatMap { try TableFile($0).tables })
    #expect(namespace.problems.map(\.code).filter { $0 == .duplicateName } == [])
    let hiding = try IASL.disassemble([tables[1]]).source
    for name in ["VR00", "VR12"] { #expect(hiding.contains("Scope (\\_SB.\(name))")) }
  }

  @Test(
    "are damaged in one way and no other",
    arguments: [
      BootTables.Damage.checksum, .length, .bytes([0xfe], at: 36, of: "SSDT"),
      .replacement(Array("_CRS".utf8), with: Array("_PRS".utf8), of: "SSDT"),
    ])
  func damage(_ damage: BootTables.Damage) throws {
    let whole = try tables(in: Self.disk.archive())[0]
    let archive = try Self.disk.damaged(damage).archive()
    let start = try #require(archive.firstRange(of: Array("SSDT".utf8))?.lowerBound)
    let bytes = Array(archive[start..<(start + whole.count)])
    let differing = whole.indices.filter { whole[$0] != bytes[$0] }
    switch damage {
    case .checksum: #expect(differing == [9])
    // The sum stays right, so that the length alone is wrong.
    case .length:
      #expect(differing == [4, 9])
      #expect(bytes.reduce(0, &+) == 0)
    case .bytes, .replacement:
      #expect(differing.contains(9) && differing.count > 1)
      #expect(bytes.reduce(0, &+) == 0)
    case .compression: break
    }
  }

  @Test("nothing is damaged where it isn't")
  func noDamage() throws {
    var bytes = try DefinitionBlock.ssdt("TEST", [.name("ONE_", .integer(1))]).bytes()
    #expect(throws: (any Error).self) {
      try BootTables.Damage.bytes([1], at: 36, of: "FACP").apply(toTablesIn: &bytes)
    }
    #expect(throws: (any Error).self) {
      try BootTables.Damage.bytes([1], at: 4096, of: "SSDT").apply(toTablesIn: &bytes)
    }
    #expect(throws: (any Error).self) {
      try BootTables.Damage.replacement([1, 2, 3], with: [1, 2, 4], of: "SSDT")
        .apply(toTablesIn: &bytes)
    }
  }

  @Test("of mistakes differ from those that work")
  func mistakes() throws {
    for boot in TableBoots.mistakes + TableBoots.inCompleteSets {
      guard case .tables(let wrong) = boot.tree, case .tables(let right)? = boot.twin?.tree else {
        continue
      }
      #expect(wrong != right, "\(boot.name)")
    }
  }
}
