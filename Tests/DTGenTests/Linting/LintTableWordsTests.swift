import ACPI
import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen lint, of what is no table or not all of one", .requiresDistribution)
struct LintTableWordsTests {
  private let scratch: ScratchDirectory

  private static func ssdt() throws -> [UInt8] {
    try DefinitionBlock.ssdt(
      "TEST",
      [
        .scope(
          "\\_SB",
          [.device("VIO0", [.name("_HID", .string("ABCD0001")), .name("_UID", .integer(0))])])
      ]
    ).bytes()
  }

  private static func madt() throws -> [UInt8] {
    try MADT([.gicd(id: 0, address: 0x0800_0000, version: 3), .gicc(GICC(uid: 0, mpidr: 0))])
      .bytes()
  }

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(try Self.ssdt(), to: "ssdt.aml")
    try scratch.write(try Self.madt(), to: "apic.aml")
  }

  private func run(_ arguments: String...) throws -> Tool.Result {
    try Command.run(arguments, in: scratch)
  }

  @Test("a table whose signature nobody has reserved is called one", arguments: ["OEM1", "NHLT"])
  func unknown(signature: String) throws {
    var table = try Self.ssdt()
    table.replaceSubrange(0..<4, with: signature.utf8)
    try scratch.write(table, to: "x.aml")
    let result = try run("lint", "--no-policy", "x.aml")
    #expect(result.status == 65)
    #expect(
      result.errors.contains(
        "x.aml: an ACPI table with the signature \(signature), which isn't judged"),
      "\(result.errors)")
    #expect(try run("show", "x.aml").errors.contains("signature \(signature), which isn't printed"))
    // Text is no table, and no tree.
    try scratch.write(Array("HELLO, this is a text and nothing else at all".utf8), to: "t.aml")
    #expect(!(try run("lint", "--no-policy", "t.aml").errors.contains("an ACPI table with")))
  }

  @Test("an empty file, and a table where a tree belongs, are called what they are")
  func other() throws {
    try scratch.write([], to: "empty.aml")
    let empty = try run("lint", "--no-policy", "empty.aml")
    #expect(empty.status == 65)
    #expect(empty.errors.contains("empty.aml: the file is empty, and no ACPI table"))
    for arguments in [
      ["import", "ssdt.aml"], ["lint", "--no-policy", "x.dtbo", "--base", "ssdt.aml"],
    ] {
      let result = try Command.run(arguments, in: scratch)
      #expect(result.status == 65)
      #expect(
        result.errors.contains("ssdt.aml: an ACPI table with the signature SSDT"),
        "\(result.errors)")
    }
  }

  @Test("a table that isn't all there is printed as far as it goes, and that is no success")
  func cut() throws {
    try scratch.write(Array(try Self.ssdt().dropLast(3)), to: "cut.aml")
    let result = try run("show", "cut.aml")
    #expect(result.status == 65)
    #expect(result.text.contains("DefinitionBlock"))
    var wrong = try Self.ssdt()
    wrong[9] ^= 1
    try scratch.write(wrong, to: "wrong.aml")
    #expect(try run("show", "wrong.aml").status == 0)
  }

  @Test("rules that are about nothing that was named are an error")
  func rules() throws {
    for rule in ["dma", "parity"] {
      let result = try run("lint", "--no-policy", "--rule", rule, "ssdt.aml")
      #expect(result.status == 64)
      #expect(
        result.errors.contains("no rule that was chosen is about ACPI tables"), "\(result.errors)")
    }
    #expect(try run("lint", "--no-policy", "--rule", "acpi", "ssdt.aml").status == 0)
  }

  @Test("what APIC says of the processor is stronger than --arch")
  func processor() throws {
    let result = try run("lint", "--no-policy", "ssdt.aml", "apic.aml", "--arch", "x86_64")
    #expect(
      result.text.contains(
        "--arch x86_64 is not followed: these are for arm64, because APIC lists a GIC"),
      "\(result.text)")
    let same = try run("lint", "--no-policy", "ssdt.aml", "apic.aml", "--arch", "arm64")
    #expect(!same.text.contains("not followed"))
  }

  @Test("checksums that a table loader fills in aren't wrong, and one that is 0 is")
  func loader() throws {
    let blob = try [Self.ssdt(), Self.madt()].flatMap { table -> [UInt8] in
      var table = table
      table[9] = 0
      return table
    }
    try scratch.write(blob, to: "tables.aml")
    let result = try run("lint", "--no-policy", "tables.aml")
    #expect(!result.text.contains("acpi/checksum-wrong"))
    #expect(result.text.contains("checksums are 0: a table loader fills them in"))
    var one = blob
    one[9] = 1
    try scratch.write(one, to: "one.aml")
    #expect(try run("lint", "--no-policy", "one.aml").text.contains("acpi/checksum-wrong"))
    try scratch.write(Array(blob.prefix(try Self.ssdt().count)), to: "alone.aml")
    #expect(try run("lint", "--no-policy", "alone.aml").text.contains("acpi/checksum-wrong"))
  }

  @Test("a table that isn't there makes no rule of trees one that was asked")
  func missing() throws {
    let result = try run("lint", "--no-policy", "ssdt.aml", "nosuch.aml")
    #expect(result.status == 66)
    let alone = try run("lint", "--no-policy", "ssdt.aml")
    let count = try #require(alone.text.firstMatch(of: /(\d+) rules/)?.1)
    #expect(result.text.contains("\(count) rules"), "\(result.text)")
    let input = try Command.run(
      ["lint", "--no-policy", "-", "ssdt.aml"], in: scratch,
      input: Array(try Self.ssdt().prefix(20)))
    #expect(input.text.contains("\(count) rules"), "\(input.text)")
    let whole = try Command.run(["lint", "--no-policy", "-"], in: scratch, input: Self.ssdt())
    #expect(whole.text.contains("standard input: nothing says for what processor"))
    #expect(!whole.text.contains("-: "))
  }

  @Test("waivers name objects with names that are filled up, and say how a backslash is written")
  func waivers() throws {
    func lint(_ node: String) throws -> Tool.Result {
      try scratch.write(
        Array(
          """
          { "waivers": [
            { "rule": "acpi/cca-missing", "node": "\(node)", "reason": "meant" } ] }
          """.utf8), to: "policy.json")
      return try run("lint", "dma.aml", "--arch", "arm64", "--policy", "policy.json")
    }
    let device = try DefinitionBlock.ssdt(
      "TEST",
      [
        .scope(
          "\\_SB",
          [
            .device(
              "VIO",
              [
                .name("_HID", .string("LNRO0005")), .name("_UID", .integer(0)),
                .name(
                  "_CRS",
                  .resources([
                    .memory32Fixed(isWritable: true, base: 0x0a00_0000, length: 0x200),
                    .interrupt(ExtendedInterrupt([48], mode: .edgeRising)),
                  ])),
              ])
          ])
      ]
    ).bytes()
    try scratch.write(device, to: "dma.aml")
    for node in [#"\\_SB_.VIO_"#, #"\\_SB.VIO"#, #"\\_SB_.*"#] {
      let result = try lint(node)
      #expect(result.status == 0, "\(node): \(result.errors)\(result.text)")
    }
    let unknown = try lint(#"\_SB.VIO"#)
    #expect(unknown.status == 78)
    #expect(
      unknown.errors.contains(
        #"policy.json:2:42: '\_' is no escape: a backslash is written \\"#), "\(unknown.errors)")
    let start = try lint("_SB.VIO")
    #expect(start.status == 78)
    for word in ["/ or **", #"\ for an object"#, "signature of a table"] {
      #expect(start.errors.contains(word), "\(start.errors)")
    }
  }
}
