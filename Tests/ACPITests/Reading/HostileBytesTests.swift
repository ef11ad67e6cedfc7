import ACPI
import DTGenTestSupport
import Testing

@Suite("Bytes that are no AML")
struct HostileBytesTests {
  /// A table with this body, and the problems of reading it.
  private func problems(_ body: [UInt8], limits: ACPILimits = ACPILimits()) throws -> [ACPIError] {
    let table = try TableHeader("SSDT", revision: 2, oemTableID: "HOSTILE").table(body)
    return Namespace(try TableFile(table).tables, limits: limits).problems
  }

  @Test(
    "are a problem with its place",
    arguments: [
      // A PkgLength past its parent's end: Device (ABCD) claims 16 bytes, and there are 6.
      ([0x5b, 0x82, 0x10, 0x41, 0x42, 0x43, 0x44], .badPackageLength, 38),
      // One that is less than its own bytes.
      ([0x10, 0x00, 0x41, 0x42, 0x43, 0x44], .badPackageLength, 37),
      // One that ends within the name that it has to hold.
      ([0x10, 0x03, 0x5f, 0x53, 0x42, 0x5f, 0xa3], .badPackageLength, 38),
      // Bits that must be 0.
      ([0x10, 0x75, 0x00, 0x5f, 0x53, 0x42, 0x5f], .reservedBits, 37),
      // Bytes that start no term, of one byte and of two.
      ([0x02], .unknownOpcode, 36), ([0x5b, 0x03], .unknownOpcode, 36),
      // Cut short within an integer, a name, an opcode, a string.
      ([0x08, 0x41, 0x42, 0x43, 0x44, 0x0c, 0x01], .truncated, 42),
      ([0x08, 0x41, 0x42], .truncated, 37), ([0x5b], .truncated, 37),
      ([0x08, 0x41, 0x42, 0x43, 0x44, 0x0d, 0x41], .unterminatedString, 42),
      // A name of small letters, and one of no segments.
      ([0x08, 0x41, 0x62, 0x43, 0x44, 0x00], .badName, 37),
      ([0x08, 0x2f, 0x00, 0x00], .badName, 37),
      // A name above the root.
      ([0x08, 0x5e, 0x41, 0x42, 0x43, 0x44, 0x00], .unresolvedName, 37),
      // Two objects of one name; a Scope of nobody; an Else alone; a statement where a value is wanted.
      (
        [0x08, 0x41, 0x42, 0x43, 0x44, 0x00, 0x08, 0x41, 0x42, 0x43, 0x44, 0x01], .duplicateName,
        42
      ),
      ([0x10, 0x05, 0x41, 0x42, 0x43, 0x44], .unresolvedName, 38), ([0xa1, 0x01], .misplaced, 36),
      ([0x08, 0x41, 0x42, 0x43, 0x44, 0xa3], .misplaced, 41),
    ] as [([UInt8], ACPIError.Code, Int)])
  func problem(body: [UInt8], code: ACPIError.Code, offset: Int) throws {
    let problems = try problems(body)
    #expect(problems.first?.code == code, "\(problems)")
    #expect(problems.first?.byteOffset == offset, "\(problems)")
  }

  @Test("keep what is in front of them, and what is behind their block")
  func recovery() throws {
    let broken = Term.scope("\\_SB", [.name("GOOD", .integer(1)), .name("BADX", .integer(2))])
    var body = try broken.bytes()
    body[body.count - 2] = 0x02
    body += try Term.name("NEXT", .integer(3)).bytes()
    let table = try TableHeader("SSDT", revision: 2, oemTableID: "X").table(body)
    let namespace = try Namespace(file: table)
    #expect(namespace.problems.map(\.code) == [.unknownOpcode])
    #expect(namespace.object(at: "\\_SB.GOOD")?.evaluation.value?.integer == 1)
    #expect(namespace.object(at: "\\_SB.BADX")?.isDeclared == false)
    #expect(namespace.object(at: "\\NEXT")?.evaluation.value?.integer == 3)
  }

  @Test("a thousand levels are not followed")
  func depth() throws {
    var body: [UInt8] = []
    // If (One) { If (One) { … } }, with lengths of four bytes.
    for _ in 0..<1000 {
      let length = body.count + 5
      body =
        [
          0xa0, UInt8(0xc0 | length & 15), UInt8(truncatingIfNeeded: length >> 4),
          UInt8(truncatingIfNeeded: length >> 12), 0, 1,
        ] + body
    }
    #expect(try problems(body).map(\.code) == [.limitExceeded])
    #expect(
      try problems([UInt8](repeating: 0x92, count: 100_000)).map(\.code) == [.limitExceeded])
    let packages = (0..<60_000).flatMap { _ in [0x12, 0x3f, 0x01] as [UInt8] }
    #expect(try problems(packages).count <= 101)
  }

  @Test("more than the limits allow is not read")
  func limits() throws {
    let block = VirtioTable.prp0001(count: 20)
    let bytes = try block.bytes()
    #expect(throws: ACPIError(.limitExceeded, "")) {
      try TableFile(bytes, limits: ACPILimits(maximumSize: 100))
    }
    for limits in [
      ACPILimits(maximumDepth: 2), ACPILimits(maximumTerms: 50), ACPILimits(maximumPathLength: 1),
    ] {
      let namespace = Namespace(try TableFile(bytes).tables, limits: limits)
      #expect(namespace.problems.contains(ACPIError(.limitExceeded, "")))
    }
    let body = [UInt8](repeating: 0x41, count: 4000)
    #expect(
      try problems(body, limits: ACPILimits(maximumLookUps: 10)).contains(
        ACPIError(.limitExceeded, "")))
  }

  @Test("any beginning of a table is read without harm")
  func beginnings() throws {
    for block in [SampleTerms.objects, SampleTerms.statements] {
      let bytes = try block.bytes()
      for count in stride(from: 36, to: bytes.count, by: 7) {
        let namespace = try Namespace(file: Array(bytes[..<count]))
        _ = namespace.definitionBlock(ofTable: 0)?.sourceText
      }
    }
  }

  @Test("any byte may be another")
  func mutations() throws {
    var generator = SplitMix(seed: 1)
    for block in [SampleTerms.objects, SampleTerms.statements, VirtioTable.prp0001(count: 3)] {
      let bytes = try block.bytes()
      for _ in 0..<400 {
        var mutated = bytes
        for _ in 0..<3 {
          let place = 36 + Int(generator.next() % UInt64(bytes.count - 36))
          mutated[place] = UInt8(truncatingIfNeeded: generator.next())
        }
        let namespace = try Namespace(file: mutated)
        _ = namespace.definitionBlock(ofTable: 0)?.sourceText
        for object in namespace.objects {
          _ = (object.path, object.evaluation, object.currentResources, object.deviceProperties)
        }
      }
    }
  }

  /// Numbers that are the same in every run.
  private struct SplitMix {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var value = state
      value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
      value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
      return value ^ value >> 31
    }
  }
}
