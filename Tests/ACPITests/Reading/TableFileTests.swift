import ACPI
import Testing

@Suite("Tables in a file")
struct TableFileTests {
  private let first: [UInt8]
  private let second: [UInt8]

  init() throws {
    first = try DefinitionBlock(
      TableHeader("DSDT", revision: 2, oemTableID: "FIRST"),
      [.method(Method("\\CALL", argumentCount: 2, body: []))]
    ).bytes()
    second = try DefinitionBlock.ssdt(
      "SECOND", [.method(Method("MAIN", body: [.call("CALL", [.integer(1), .integer(2)])]))]
    ).bytes()
  }

  @Test("may stand one behind the other, and know each other's methods", arguments: [0, 1, 28])
  func several(padding: Int) throws {
    let gap = [UInt8](repeating: 0, count: padding)
    for (tables, names) in [
      (first + gap + second, ["DSDT", "SSDT"]), (second + gap + first, ["SSDT", "DSDT"]),
    ] {
      let file = try TableFile(tables)
      #expect(file.problems == [])
      #expect(file.tables.map(\.header.signature) == names)
      let namespace = Namespace(file.tables)
      #expect(namespace.problems == [])
      let number = try #require(names.firstIndex(of: "SSDT"))
      #expect(
        namespace.definitionBlock(ofTable: number)?.sourceText.contains("CALL (One, 0x02)") == true)
      let object = try #require(namespace.object(at: "\\CALL"))
      #expect(object.table == names.firstIndex(of: "DSDT"))
      #expect(object.argumentCount == 2)
      #expect(object.byteOffset == (number == 0 ? second.count + padding : 0) + 36)
    }
  }

  @Test("a header knows what was put into it")
  func header() throws {
    let image = try #require(try TableFile(first).tables.first)
    #expect(image.header == TableHeader("DSDT", revision: 2, oemTableID: "FIRST"))
    #expect(image.claimedLength == first.count)
    #expect(image.bytes == first)
  }

  @Test("a wrong checksum is told, with the right one")
  func checksum() throws {
    var table = first
    table[9] &+= 1
    let problems = try TableFile(table).problems
    #expect(problems == [ACPIError(.badChecksum, "")])
    #expect(problems.first?.byteOffset == 9)
    #expect(
      problems.first?.message.hasSuffix("its bytes want 0x" + String(first[9], radix: 16)) == true)
  }

  @Test("what a loader fills in is no wrong checksum, and what it doesn't is")
  func loader() throws {
    func blank(_ signature: String) throws -> [UInt8] {
      var bytes = try TableHeader(signature, revision: 1, oemTableID: "TEST").table([
        1, 2, 3, 4, 5, 6, 7, 8,
      ])
      bytes[9] = 0
      return bytes
    }
    let pointing = try blank("FACP") + blank("XSDT")
    #expect(try TableFile(first + pointing).problems == [])
    #expect(try TableFile(first + pointing).awaitsLoader)
    // A table without a pointer is whole in such a file.
    var wrong = first
    wrong[9] &+= 1
    #expect(try !TableFile(wrong + pointing).awaitsLoader)
    #expect(try TableFile(first + blank("FACP")).problems == [ACPIError(.badChecksum, "")])
  }

  @Test("a length past the end of the file is told, and what is there is read")
  func length() throws {
    var table = first
    table[4] += 8
    #expect(try TableFile(table).problems == [ACPIError(.badLength, "")])
    #expect(try Namespace(file: table).object(at: "\\CALL")?.isDeclared == true)
    table[4] = 35
    #expect(throws: ACPIError(.badLength, "")) { try TableFile(table) }
    #expect(try TableFile(first + table).problems == [ACPIError(.badLength, "")])
  }

  @Test(
    "what is none is refused",
    arguments: [
      ([], .truncated), ([1, 2, 3], .truncated), (Array("SSDT".utf8), .truncated),
      (Array("SSDT".utf8) + [36, 0, 0, 0], .truncated),
      ([0xd0, 0x0d, 0xfe, 0xed, 0, 0, 0, 0, 0, 0], .badSignature),
      ([UInt8](repeating: 0, count: 100), .badSignature),
    ] as [([UInt8], ACPIError.Code)])
  func refused(bytes: [UInt8], code: ACPIError.Code) {
    #expect(throws: ACPIError(code, "")) { try TableFile(bytes) }
  }

  @Test("a device tree under another name is called one")
  func deviceTree() {
    do {
      _ = try TableFile([0xd0, 0x0d, 0xfe, 0xed, 0, 0, 0, 0])
    } catch {
      #expect("\(error)".contains("flattened device tree"))
    }
  }
}
