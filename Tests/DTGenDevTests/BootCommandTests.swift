import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("The command that boots", .requires(.dtc))
struct BootCommandTests {
  /// Runs the helper in a shell, with what stands behind its arguments.
  private static func run(
    _ tools: StandInTools, _ line: String, before: String = ""
  ) throws -> Tool.Result {
    let helper = try #require(StandInTools.helper.path, "swift build --product dtgen-dev")
    let logs = tools.scratch.path + "/logs"
    return try Tool("bash", package: "bash").run(
      ["-c", "\(before) '\(helper)' boot --logs '\(logs)' \(line)"],
      environment: tools.environment())
  }

  @Test(
    "a name that no boot has is an error, beside good ones too",
    arguments: ["''", "dma/ iommmu/", "dma/ ''"])
  func names(line: String) throws {
    let run = try Self.run(try StandInTools(), "--list \(line)")
    #expect(run.status == 1 && run.text.isEmpty)
    #expect(run.errors.contains("no boot is called '"))
  }

  @Test("a patience that is no number is refused", arguments: ["nan", "inf", "0", "-1"])
  func patience(value: String) throws {
    let run = try Self.run(try StandInTools(), "--list --patience=\(value)")
    #expect(run.status == 64 && run.errors.contains("a number of seconds above 0"))
  }

  @Test(
    "a table that nobody gets is a failure",
    arguments: [(">/dev/full", "can't be written"), (">&-", "standard output is closed")])
  func output(redirection: String, text: String) throws {
    let run = try Self.run(try StandInTools(), "--list \(redirection)")
    #expect(run.status == 1 && run.errors.contains(text))
  }

  @Test("notes that nobody can read end nothing", arguments: ["2>/dev/full", "2>&-"])
  func notes(redirection: String) throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    try tools.qemu(version: "6.2.0")
    #expect(try Self.run(tools, "dma/two-pools \(redirection)").status == 77)
  }

  @Test("too few open files are said at once", arguments: [14, 32])
  func files(limit: Int) throws {
    let run = try Self.run(
      try StandInTools(), "dma/two-pools", before: "ulimit -n \(limit);")
    #expect(run.status == 1 && run.errors.contains("\(limit) are allowed: ulimit -n"))
  }

  @Test("a QEMU that says what another guest once said has booted nothing")
  func replaying() throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    let log = try tools.scratch.write([UInt8](BootReportTests.text.utf8), to: "old.log")
    try tools.add(
      "qemu-system-aarch64",
      "[[ $1 != --version ]] || { echo 'QEMU emulator version 7.2.1'; exit; }\ncat '\(log)'")
    let run = try Self.run(tools, "dma/two-pools")
    #expect(run.status == 1 && run.text.contains("0 as predicted"))
  }
}
