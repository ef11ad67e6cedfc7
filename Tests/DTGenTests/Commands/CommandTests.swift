import ACPI
import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@testable import dtgen

@Suite("the command", .requiresDistribution)
struct CommandTests {
  private let protectedGuest =
    Repository.fixtures + "/platforms/protected-guest/platform.swift"

  @Test("says its version and teaches in its help")
  func help() throws {
    let scratch = try ScratchDirectory()
    #expect(try Command.run(["--version"], in: scratch).text == Version.current + "\n")
    let help = try Command.run(["--help"], in: scratch)
    #expect(help.status == 0)
    for word in ["build", "lint", "show", "init", "exit status", "dtgen build platform.swift"] {
      #expect(help.text.contains(word))
    }
    for command in ["build", "lint", "show", "import", "init"] {
      #expect(try Command.run([command, "--help"], in: scratch).text.contains("OVERVIEW:"))
    }
  }

  @Test("completes in the shells", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Command.run(
      ["--generate-completion-script", shell], in: try ScratchDirectory())
    #expect(script.status == 0)
    #expect(script.text.contains("dtgen"))
    // What can be said behind an option is offered.
    for word in ["dma/two-pools", "soc", "sarif", "never"] { #expect(script.text.contains(word)) }
  }

  @Test(
    "ends with status 64 where the command line is wrong",
    arguments: [
      ["build"], ["lint"], ["show"], ["build", "x.swift", "--emit", "elf"], ["unheard-of"],
      ["lint", "--fail-on", "sometimes", "x.dtb"], ["build", "x.swift", "--time-limit", "0"],
      ["build", "a.json", "b.swift"], ["build", "x.swift", "-o", ""], ["build", "x.dtb"],
      ["build", ""],
    ])
  func usage(arguments: [String]) throws {
    let result = try Command.run(arguments, in: try ScratchDirectory())
    #expect(result.status == 64)
    #expect(!result.errors.isEmpty)
  }

  @Test(
    "ends with status 66 where an input is missing",
    arguments: [
      ["lint", "nowhere.dtb"], ["show", "nowhere.dtb"], ["build", "nowhere.swift"],
      ["build", "nowhere.json"], ["lint", "."],
    ])
  func missing(arguments: [String]) throws {
    let result = try Command.run(arguments, in: try ScratchDirectory())
    #expect(result.status == 66)
    #expect(result.errors.contains(arguments[1]))
  }

  @Test(
    "ends with status 65 where an input is not what it claims to be",
    arguments: [
      ("", "empty, and no flattened device tree"),
      ("not a tree at all", "it starts with 0x6e6f7420"),
      (String(repeating: "\0", count: 4096), "it starts with 0x0"),
    ])
  func notATree(content: String, sentence: String) throws {
    let scratch = try ScratchDirectory()
    try scratch.write(Array(content.utf8), to: "guest.dtb")
    for command in ["lint", "show"] {
      let result = try Command.run([command, "guest.dtb"], in: scratch)
      #expect(result.status == 65)
      #expect(result.errors.hasPrefix("dtgen: error: guest.dtb: "))
      #expect(result.errors.contains(sentence))
      #expect(result.text == "")
    }
  }

  @Test("judges the good files among bad ones, and is not clean by accident")
  func badAmongGood() throws {
    let scratch = try ScratchDirectory()
    #expect(try Command.run(["build", protectedGuest], in: scratch).status == 0)
    try scratch.write([1, 2, 3], to: "bad.dtb")
    let result = try Command.run(["lint", "bad.dtb", "guest.dtb", "none.dtb"], in: scratch)
    #expect(result.status == 65)
    #expect(result.text.contains("no findings"))
    #expect(result.errors.contains("bad.dtb") && result.errors.contains("none.dtb"))
  }

  @Test(
    "says so where its report is lost",
    arguments: [["lint"], ["show"], ["lint", "--format", "json"]])
  func lostOutput(arguments: [String]) throws {
    let scratch = try ScratchDirectory()
    #expect(try Command.run(["build", protectedGuest], in: scratch).status == 0)
    let line = (["\(Distribution.path)/bin/dtgen"] + arguments + ["guest.dtb"])
      .joined(separator: " ")
    let result = try Tool("bash", package: "bash").run(
      ["-c", line + " > /dev/full"], directory: scratch.path)
    #expect(result.status == 73)
    #expect(result.errors == "dtgen: error: standard output: no space left on device\n")
  }

  @Test("writes although a warning was found, and takes --emit more than once")
  func warnings() throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/rejected/device-left-out/platform.swift"
    let result = try Command.run(
      ["build", source, "--emit", "dtb", "--emit", "dts"], in: scratch)
    #expect(result.status == 0)
    #expect(result.text.contains("1 warning"))
    #expect(scratch.read("guest.dtb") != nil)
    #expect(scratch.read("guest.dts") != nil)
  }

  @Test("reads a tree from standard input")
  func standardInput() throws {
    let scratch = try ScratchDirectory()
    #expect(try Command.run(["build", protectedGuest], in: scratch).status == 0)
    let bytes = try #require(scratch.read("guest.dtb"))
    #expect(try Command.run(["lint", "-"], in: scratch, input: bytes).status == 0)
    let shown = try Command.run(["show", "-"], in: scratch, input: bytes)
    #expect(shown.text == (try Command.run(["show", "guest.dtb"], in: scratch).text))
    #expect(shown.text.contains("8 MiB"))
    #expect(!(try Command.run(["show", "--plain", "guest.dtb"], in: scratch).text.contains("MiB")))
  }

  @Test("shows a table as ASL, from a file and from standard input")
  func table() throws {
    let scratch = try ScratchDirectory()
    let block = SampleTerms.objects
    let bytes = try block.bytes()
    try scratch.write(bytes, to: "ssdt.aml")
    let shown = try Command.run(["show", "ssdt.aml"], in: scratch)
    #expect(shown.status == 0)
    #expect(shown.errors == "")
    let isSame = shown.text == block.sourceText
    #expect(isSame, "\(Golden.firstDifference(block.sourceText, shown.text))")
    let large = VirtioTable.prp0001(count: 2000)
    #expect(
      try Command.run(["show", "-"], in: scratch, input: large.bytes()).text.count
        == large.sourceText.count)
  }

  @Test("says what of a table can't be read, and shows the rest")
  func brokenTable() throws {
    let scratch = try ScratchDirectory()
    var bytes = try DefinitionBlock.ssdt(
      "BROKEN", [.device("GOOD", []), .name("BADX", .integer(2))]
    ).bytes()
    bytes[bytes.count - 2] = 0x02
    try scratch.write(bytes, to: "ssdt.aml")
    let shown = try Command.run(["show", "ssdt.aml"], in: scratch)
    #expect(shown.status == 0)
    #expect(shown.text.contains("Device (GOOD)"))
    #expect(shown.errors.contains("ssdt.aml: the checksum of SSDT"))
    #expect(shown.errors.contains("0x2 starts no term (at byte 0x"))
    try scratch.write(Array(bytes[..<20]), to: "short.aml")
    #expect(try Command.run(["show", "short.aml"], in: scratch).status == 65)
  }

  @Test("builds the machines that are named, and says which there are")
  func machines() throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/gicv2/platform.swift"
    #expect(try Command.run(["build", source, "--vm", "by-hand"], in: scratch).status == 0)
    #expect(scratch.read("by-hand.dtb") != nil)
    #expect(scratch.read("by-preset.dtb") == nil)
    let unknown = try Command.run(["build", source, "--vm", "by-hnad"], in: scratch)
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("it has by-hand, by-preset"))
  }

  @Test("reports in JSON what it reports in words")
  func json() throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/rejected/pools-overlap/platform.swift"
    let result = try Command.run(["build", source, "--format", "json"], in: scratch)
    #expect(result.status == 1)
    let document = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
    let findings = document?["findings"] as? [[String: Any]]
    #expect(findings?.first?["rule"] as? String == "memory/region-overlap")
    let place = findings?.first?["place"] as? [String: Any]
    #expect((place?["source"] as? [String: Any])?["line"] as? Int == 4)
    #expect(place?["byteOffset"] is Int)
    #expect((document?["files"] as? [Any])?.isEmpty == true)
    #expect((document?["tally"] as? [String: Any])?["errors"] as? Int == 1)
    let machine = (document?["virtualMachines"] as? [[String: Any]])?.first
    // Two devices, and the machine's PCI host.
    #expect((machine?["devices"] as? [Any])?.count == 3)
  }

  @Test(
    "init writes a description for each machine, which builds without a finding",
    arguments: FirstDescription.allCases)
  func initialise(machine: FirstDescription) throws {
    let scratch = try ScratchDirectory()
    let written = try Command.run(["init", "--machine", machine.rawValue], in: scratch)
    #expect(written.status == 0, "\(written.errors)")
    let built = try Command.run(["build", "platform.swift", "--fail-on", "note"], in: scratch)
    #expect(built.status == 0, "\(built.errors)")
    #expect(built.text.contains("no findings"))
    // What the VMM itself would not write is in no description for it.
    if ProfileName(machine.rawValue) != nil {
      let held = try Command.run(
        ["build", "platform.swift", "--profile", machine.rawValue, "--fail-on", "note"],
        in: scratch)
      #expect(held.status == 0, "\(held.text)\(held.errors)")
    }
    #expect(try Command.run(["init", "-"], in: scratch).text == FirstDescription.qemuVirt.text)
  }

  @Test("writes a first description that builds, and never over one that is there")
  func initialise() throws {
    let scratch = try ScratchDirectory()
    #expect(try Command.run(["init"], in: scratch).status == 0)
    let built = try Command.run(["build", "platform.swift", "-o", "out"], in: scratch)
    #expect(built.status == 0)
    #expect(built.text.contains("no findings"))
    try scratch.write(Array("mine".utf8), to: "platform.swift")
    let again = try Command.run(["init"], in: scratch)
    #expect(again.status == 73)
    #expect(scratch.read("platform.swift") == Array("mine".utf8))
    #expect(try Command.run(["init", "--force"], in: scratch).status == 0)
  }

  @Test("takes several files and directories as one description")
  func severalFiles() throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/src", withIntermediateDirectories: true)
    try scratch.write(
      Array(
        """
        import PlatformDescription
        let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
        """.utf8), to: "src/pool.swift")
    try scratch.write(
      Array(
        """
        import PlatformDescription
        let platform = Platform("p") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            bounce
            VirtioMMIO(.block, memoryRegion: bounce)
          }
        }
        """.utf8), to: "src/platform.swift")
    #expect(try Command.run(["build", "src"], in: scratch).status == 0)
    #expect(scratch.read("guest.dtb") != nil)
    #expect(
      try Command.run(["build", "src/platform.swift", "src/pool.swift"], in: scratch).status == 0)
  }
}
