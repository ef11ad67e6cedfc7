import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen_dev

@Suite("A boot that is ended", .requires(.dtc))
struct BootEndTests {
  /// Starts the helper, with a QEMU that never ends, and waits until that runs.
  private static func start(
    _ tools: StandInTools, _ program: String, _ arguments: [String]
  ) throws -> Process {
    let process = Process()
    // Tests that run in the background were started with some signals ignored, which is inherited.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal=INT,HUP,TERM", program] + arguments
    process.environment = tools.environment()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private static func arguments(_ tools: StandInTools) -> [String] {
    ["boot", "dma/two-pools", "--logs", tools.scratch.path + "/logs"]
  }

  private static func helper() throws -> String {
    try #require(StandInTools.helper.path, "swift build --product dtgen-dev")
  }

  @Test("leaves no guest and no file, whatever asks for it", arguments: [SIGINT, SIGTERM, SIGHUP])
  func asked(signal: Int32) throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    let process = try Self.start(tools, try Self.helper(), Self.arguments(tools))
    #expect(StandInTools.waits { !tools.marked.isEmpty })
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    for guest in tools.marked { #expect(!StandInTools.runs(guest)) }
    #expect(tools.temporary.isEmpty)
  }

  @Test("leaves no guest when it is killed, and its files to the next boot")
  func killed() throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    let process = try Self.start(tools, try Self.helper(), Self.arguments(tools))
    #expect(StandInTools.waits { !tools.marked.isEmpty })
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(StandInTools.waits { !tools.marked.contains(where: StandInTools.runs) })
    #expect(!tools.temporary.isEmpty)
    // One that boots nothing, for want of a QEMU that is new enough.
    try tools.qemu(version: "6.2.0")
    let next = try StandInTools.helper.run(Self.arguments(tools), environment: tools.environment())
    #expect(next.status == 77)
    #expect(tools.temporary.isEmpty)
  }

  @Test("ends with the make that started it")
  func orphaned() throws {
    let tools = try StandInTools()
    _ = try tools.keepKernel()
    let line = ([try Self.helper()] + Self.arguments(tools) + ["--tied"]).map { "'\($0)'" }
    let shell = try Self.start(
      tools, "/bin/bash", ["-c", line.joined(separator: " ") + "; echo not the last command"])
    #expect(StandInTools.waits { !tools.marked.isEmpty })
    kill(shell.processIdentifier, SIGKILL)
    shell.waitUntilExit()
    #expect(StandInTools.waits { !tools.marked.contains(where: StandInTools.runs) })
    #expect(StandInTools.waits { tools.temporary.isEmpty })
  }

  @Test("leaves no build of a kernel", arguments: [SIGINT, SIGTERM, SIGKILL])
  func building(signal: Int32) throws {
    let tools = try StandInTools()
    try tools.add("apt-get", StandInTools.lasting)
    let process = try Self.start(tools, try Self.helper(), Self.arguments(tools))
    #expect(StandInTools.waits { !tools.marked.isEmpty })
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(StandInTools.waits { !tools.marked.contains(where: StandInTools.runs) })
    let cache = tools.scratch.path + "/cache"
    #expect(
      StandInTools.waits {
        (try? FileManager.default.contentsOfDirectory(atPath: cache)) == ["lock"]
      })
  }
}
