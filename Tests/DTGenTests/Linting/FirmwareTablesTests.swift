import DTGenTestSupport
import Foundation
import Testing

@Suite("What firmware handed to a running Linux", .requiresDistribution, .requires(.iasl))
struct FirmwareTablesTests {
  private let scratch: ScratchDirectory

  /// A directory as `/sys/firmware/acpi/tables` is, with one device in a table that was loaded later.
  init() throws {
    scratch = try ScratchDirectory()
    for directory in ["tables", "tables/dynamic", "tables/data"] {
      try FileManager.default.createDirectory(
        atPath: scratch.path + "/" + directory, withIntermediateDirectories: true)
    }
    for (name, signature, text) in [
      (
        "DSDT", "DSDT",
        "Scope (\\_SB) { Device (DEV0) { Name (_HID, \"ABCD0001\") Name (_UID, 0) } }"
      ),
      (
        "SSDT1", "SSDT",
        "Scope (\\_SB) { Device (DEV1) { Name (_HID, \"ABCD0001\") Name (_UID, 1) } }"
      ),
      (
        "dynamic/SSDT2", "SSDT",
        "Scope (\\_SB) { Device (DEV1) { Name (_HID, \"ABCD0001\") Name (_UID, 2) } }"
      ),
    ] {
      let source = "DefinitionBlock (\"\", \"\(signature)\", 2, \"A\", \"B\", 1) { \(text) }"
      try scratch.write(Array(source.utf8), to: "source.asl")
      let compiled = try Tool.iasl.run(["-p", "out", "source.asl"], directory: scratch.path)
      let bytes = try #require(scratch.read("out.aml"), "\(compiled.text)")
      try scratch.write(bytes, to: "tables/" + name)
    }
    try scratch.write(Array("no table".utf8), to: "tables/data/BERT")
  }

  @Test("is read as the tables of one machine, without what they refer to")
  func directory() throws {
    let result = try Command.run(["lint", "tables", "--arch", "arm64"], in: scratch)
    // The same name in two of them is only wrong in one machine.
    #expect(result.status == 1, "\(result.text)\(result.errors)")
    #expect(result.text.contains("DEV1"), "\(result.text)")
    #expect(!result.text.contains("BERT") && !result.errors.contains("BERT"))
  }

  @Test("says of a file that is named twice that it is judged once")
  func twice() throws {
    let words = ["lint", "tables/DSDT", "./tables/DSDT", "--arch", "arm64"]
    let result = try Command.run(words, in: scratch)
    #expect(
      result.errors.contains("dtgen: ./tables/DSDT: named more than once, and judged once"),
      "\(result.errors)")
    let once = try Command.run(["lint", "tables/DSDT", "--arch", "arm64"], in: scratch)
    #expect(once.errors == "", "\(once.errors)")
    let quiet = try Command.run(words + ["-q"], in: scratch)
    #expect(quiet.errors == "", "\(quiet.errors)")
  }

  @Test("says of an empty file that it is empty")
  func empty() throws {
    let result = try Command.run(["lint", "/dev/null"], in: scratch)
    #expect(result.status == 65)
    #expect(result.errors.contains("/dev/null: empty, and no flattened device tree"))
  }
}
