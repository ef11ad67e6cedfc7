import ACPI
import DTGenTestSupport
import Testing

@Suite("The parts of tables without AML")
struct TableStructureTests {
  private func structure(_ signature: String, _ body: [UInt8]) throws -> TableStructure {
    let bytes = try TableHeader(signature, revision: 1, oemTableID: "TEST").table(body)
    return TableStructure(try #require(try TableFile(bytes).tables.first))
  }

  private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test("are whole in every table that QEMU gives its machines", arguments: QEMUTables.all)
  func whole(_ machine: QEMUTables) throws {
    let file = try TableFile(try machine.tables().flatMap { $0 })
    for table in file.tables {
      let structure = TableStructure(table)
      #expect(structure.problems == [], "\(table.header.signature)")
      let parts = ["APIC", "SRAT", "MCFG", "DMAR", "IORT", "VIOT", "DBG2", "PPTT", "HMAT"]
      if parts.contains(table.header.signature) { #expect(!structure.parts.isEmpty) }
    }
  }

  @Test("a length of 0, and one past the end, end the list")
  func lengths() throws {
    let head = zeros(12)
    let entry: [UInt8] = [3, 18] + zeros(16)
    let zero = try structure("SRAT", head + entry + [3, 0] + zeros(16))
    #expect(zero.parts.map(\.element) == ["entry[0]"])
    #expect(zero.problems.map(\.kind) == [.length])
    #expect(zero.problems.first?.byteRange == 67..<68)
    let long = try structure("SRAT", head + entry + [3, 19] + zeros(16))
    #expect(long.problems.map(\.kind) == [.length])
    let cut = try structure("SRAT", head + entry + [3])
    #expect(cut.problems.map(\.kind) == [.length])
    #expect(try structure("SRAT", zeros(4)).problems.map(\.kind) == [.length])
  }

  @Test("one that is too short for its type, and one of no type, are told")
  func kinds() throws {
    let short = try structure("SRAT", zeros(12) + [1, 20] + zeros(18))
    #expect(short.problems.map(\.kind) == [.short])
    let unknown = try structure("SRAT", zeros(12) + [0x40, 20] + zeros(18))
    #expect(unknown.problems.map(\.kind) == [.unknownType])
    // From 0x80 on types of APIC are makers' own.
    #expect(try structure("APIC", zeros(8) + [0x80, 4, 0, 0]).problems == [])
  }

  @Test("what a table counts, and what it has, is the same")
  func counts() throws {
    let node: [UInt8] = [0, 20, 0, 1] + zeros(16)
    func iort(_ count: UInt8, _ nodes: Int, _ tail: [UInt8] = []) throws -> [TableStructure.Problem
      .Kind]
    {
      let body =
        [count, 0, 0, 0, 48, 0, 0, 0, 0, 0, 0, 0] + (0..<nodes).flatMap { _ in node } + tail
      return try structure("IORT", body).problems.map(\.kind)
    }
    #expect(try iort(2, 2) == [])
    #expect(try iort(1, 2, [1]) == [.count])
    #expect(try iort(3, 2) == [.count])
    // Zeros may fill a table up.
    #expect(try iort(1, 1, zeros(8)) == [])
  }

  @Test("parts of PPTT name parts of the right type")
  func references() throws {
    func processor(_ parent: UInt8, _ resources: [UInt8]) -> [UInt8] {
      [0, UInt8(20 + 4 * resources.count), 0, 0] + zeros(4) + [parent, 0, 0, 0] + zeros(4)
        + [UInt8(resources.count), 0, 0, 0] + resources.flatMap { [$0, 0, 0, 0] }
    }
    let cache: [UInt8] = [1, 24, 0, 0] + zeros(20)
    func kinds(_ body: [UInt8]) throws -> [TableStructure.Problem.Kind] {
      try structure("PPTT", body).problems.map(\.kind)
    }
    #expect(try kinds(cache + processor(0, [36]) + processor(60, [])) == [])
    #expect(try kinds(cache + processor(36, [])) == [.reference])
    #expect(try kinds(cache + processor(0, [37])) == [.reference])
    #expect(try kinds(cache + [0, 20, 0, 0] + zeros(12) + [9, 0, 0, 0]) == [.short])
  }

  @Test("distances of SLIT have room, and are possible")
  func distances() throws {
    func kinds(_ count: UInt8, _ distances: [UInt8]) throws -> [TableStructure.Problem.Kind] {
      try structure("SLIT", [count] + zeros(7) + distances).problems.map(\.kind)
    }
    #expect(try kinds(2, [10, 20, 20, 10]) == [])
    #expect(try kinds(2, [10, 20, 20]) == [.length])
    #expect(try kinds(2, [10, 10, 20, 10]) == [.value])
    #expect(try kinds(2, [11, 20, 20, 10]) == [.value])
    let endless = try structure("SLIT", [UInt8](repeating: 0xff, count: 8))
    #expect(endless.problems.map(\.kind) == [.length])
  }

  @Test("scopes of DMAR and matrices of HMAT end where their parts do")
  func contents() throws {
    func unit(_ scope: [UInt8]) throws -> [TableStructure.Problem.Kind] {
      let unit = [0, 0, UInt8(16 + scope.count), 0] + zeros(12) + scope
      return try structure("DMAR", zeros(12) + unit).problems.map(\.kind)
    }
    #expect(try unit([1, 8, 0, 0, 0, 0, 2, 0]) == [])
    #expect(try unit([1, 0, 0, 0, 0, 0, 2, 0]) == [.short])
    #expect(try unit([1, 10, 0, 0, 0, 0, 2, 0]) == [.short])
    func matrix(_ initiators: UInt8, _ targets: UInt8) throws -> [TableStructure.Problem.Kind] {
      let part =
        [1, 0, 0, 0, 42, 0, 0, 0] + zeros(4) + [initiators, 0, 0, 0, targets, 0, 0, 0] + zeros(22)
      return try structure("HMAT", zeros(4) + part).problems.map(\.kind)
    }
    #expect(try matrix(1, 1) == [])
    #expect(try matrix(1, 2) == [.short])
    #expect(try matrix(255, 255) == [.short])
  }

  @Test(
    "any bytes are read to an end",
    arguments: ["SRAT", "SLIT", "PPTT", "HMAT", "DMAR", "IVRS", "RHCT", "IORT", "APIC"])
  func anyBytes(_ signature: String) throws {
    var state: UInt64 = 1
    for size in 0..<200 {
      let body = (0..<size).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56) & (size % 2 == 0 ? 0xff : 0x07)
      }
      let structure = try structure(signature, body)
      #expect(structure.parts.allSatisfy { $0.byteRange.upperBound <= 36 + size })
      #expect(structure.problems.allSatisfy { $0.byteRange.upperBound <= 36 + size })
    }
  }
}
