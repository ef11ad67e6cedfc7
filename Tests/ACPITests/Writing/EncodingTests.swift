import ACPI
import DTGenTestSupport
import Testing

@Suite("Encodings")
struct EncodingTests {
  /// The PkgLength of a buffer whose payload, size and bytes, has `count` bytes.
  private func lengthBytes(payload count: Int) throws -> [UInt8] {
    let body = [UInt8](repeating: 7, count: count - 4)
    // A term of two bytes for the size keeps the payload what it is said to be.
    let bytes = try Term.scope("ABCD", [.operation(.noOp, [])]).bytes()
    #expect(bytes == [0x10, 6, 0x41, 0x42, 0x43, 0x44, 0xa3])
    let scope = try Term.scope("ABCD", body.map { _ in .operation(.noOp, []) }).bytes()
    return Array(scope[1..<(scope.count - count)])
  }

  @Test(
    "a PkgLength is as short as it can be",
    arguments: [
      (5, [6]), (62, [63]), (63, [0x41, 4]), (4093, [0x4f, 0xff]),
      (4094, [0x81, 0x00, 0x01]), (1_048_572, [0x8f, 0xff, 0xff]),
      (1_048_573, [0xc1, 0x00, 0x00, 0x01]),
    ] as [(Int, [UInt8])])
  func packageLength(payload: Int, expected: [UInt8]) throws {
    #expect(try lengthBytes(payload: payload) == expected)
  }

  @Test(
    "a number of bits is as short as it can be, which iasl's aren't at 63 and 4,094",
    arguments: [
      (0, [0]), (63, [0x3f]), (64, [0x40, 4]), (4095, [0x4f, 0xff]), (4096, [0x80, 0, 1]),
      (0xf_ffff, [0x8f, 0xff, 0xff]), (0x10_0000, [0xc0, 0, 0, 1]),
      ((1 << 28) - 1, [0xcf, 0xff, 0xff, 0xff]),
    ] as [(Int, [UInt8])])
  func bits(count: Int, expected: [UInt8]) throws {
    let field = Field(.region("REGN"), access: .any, [.reserved(bits: count)])
    let bytes = try Term.field(field).bytes()
    #expect(
      bytes == [0x5b, 0x81, UInt8(7 + expected.count)] + Array("REGN".utf8) + [0, 0] + expected)
  }

  @Test(
    "an integer is as short as it can be",
    arguments: [
      (0, [0]), (1, [1]), (2, [0x0a, 2]), (255, [0x0a, 255]), (256, [0x0b, 0, 1]),
      (0xffff, [0x0b, 255, 255]), (0x1_0000, [0x0c, 0, 0, 1, 0]),
      (0xffff_ffff, [0x0c, 255, 255, 255, 255]), (0x1_0000_0000, [0x0e, 0, 0, 0, 0, 1, 0, 0, 0]),
      (.max, [0xff]),
    ] as [(UInt64, [UInt8])])
  func integers(value: UInt64, expected: [UInt8]) throws {
    #expect(try Term.integer(value).bytes() == expected)
  }

  @Test("all bits of a table of revision 1 are 32")
  func revision1() throws {
    let block = DefinitionBlock(
      TableHeader("SSDT", revision: 1, oemTableID: "X"), [.name("ABCD", .integer(0xffff_ffff))])
    #expect(try block.bytes().suffix(6) == [8, 0x41, 0x42, 0x43, 0x44, 0xff])
    let wide = DefinitionBlock(block.header, [.name("ABCD", .integer(1 << 32))])
    #expect(throws: ACPIError(.notWritable, "")) { try wide.bytes() }
  }

  @Test(
    "paths are written as they are spelt",
    arguments: [
      ("\\", "5c00"), ("^", "5e00"), ("_SB", "5f53425f"), ("\\A", "5c415f5f5f"),
      ("^^AB.C0", "5e5e2e41425f5f43305f5f"), ("A.B.C", "2f03415f5f5f425f5f5f435f5f5f"),
    ])
  func paths(text: String, expected: String) throws {
    let bytes = try Term.path(NamePath(text)).bytes()
    #expect(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    #expect(try NamePath(text).description == text)
  }

  @Test(
    "no name is written that AML cannot carry",
    arguments: [
      "", "a", "1ABC", "ABCDE", "A..B", ".A", "A.", "A B", "\\^A", "Ä",
    ])
  func badPaths(text: String) {
    #expect(throws: ACPIError(.badName, "")) { try NamePath(text) }
    #expect(throws: ACPIError(.badName, "")) {
      try Term.device(NamePath(stringLiteral: text), []).bytes()
    }
  }

  @Test("a hardware id is compressed as iasl does it")
  func eisaID() throws {
    #expect(try Term.eisaID("PNP0A08").bytes() == [0x0c, 0x41, 0xd0, 0x0a, 0x08])
    #expect(try Term.eisaID("PRP0001").bytes() == [0x0c, 0x42, 0x50, 0x00, 0x01])
    #expect(EISAID(value: 0x080a_d041)?.description == "PNP0A08")
    for text in ["LNRO0005", "PNP0A0", "pnp0a08", "PNP0A0G", "@NP0A08"] {
      #expect(throws: ACPIError(.badName, "")) { try EISAID(text) }
    }
    #expect(throws: ACPIError(.badName, "")) { try Term.eisaID("LNRO0005").bytes() }
  }

  @Test("a UUID has its first three fields the other way round")
  func uuid() throws {
    #expect(
      UUID.deviceProperties.bytes == [
        0x14, 0xd8, 0xff, 0xda, 0xba, 0x6e, 0x8c, 0x4d, 0x8a, 0x91, 0xbc, 0x9b, 0xbf, 0x4a, 0xa3,
        0x01,
      ])
    #expect(UUID.deviceProperties.description == "daffd814-6eba-4d8c-8a91-bc9bbf4aa301")
    let upper = UUID.deviceProperties.description.uppercased()
    #expect(try UUID(upper) == .deviceProperties)
    for text in ["", "daffd814", "daffd814-6eba-4d8c-8a91-bc9bbf4aa30", "g"] {
      #expect(throws: ACPIError(.notWritable, "")) { try UUID(text) }
    }
  }

  @Test("a package of more than 255 elements has the other opcode")
  func packages() throws {
    func head(_ count: Int) throws -> [UInt8] {
      Array(try Term.package([Term](repeating: .integer(0), count: count)).bytes().prefix(6))
    }
    #expect(try head(255) == [0x12, 0x42, 0x10, 0xff, 0, 0])
    #expect(try head(256) == [0x13, 0x45, 0x10, 0x0b, 0, 1])
  }

  @Test("descriptors that no iasl of Debian 12 knows", arguments: SampleDescriptors.withoutOracle)
  func descriptors(descriptor: ResourceDescriptor, expected: [UInt8]) throws {
    let bytes = try Term.resources([descriptor]).bytes()
    #expect(Array(bytes.dropFirst(4).dropLast(2)) == expected)
  }

  @Test("a table's bytes sum to 0, and the same terms give the same bytes")
  func checksum() throws {
    let table = try VirtioTable.prp0001(count: 3).bytes()
    #expect(table.reduce(0, &+) == 0)
    #expect(try VirtioTable.prp0001(count: 3).bytes() == table)
  }
}
