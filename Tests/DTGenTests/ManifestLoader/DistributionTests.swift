import DTGenTestSupport
import Foundation
import Testing

@testable import dtgen

@Suite("what make build leaves", .requiresDistribution)
struct DistributionTests {
  private let fixture = Repository.fixtures + "/rejected/misspelt-word"

  private func environment(_ scratch: ScratchDirectory) -> [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return ["PATH": path, "XDG_CACHE_HOME": scratch.path, "TMPDIR": scratch.path]
  }

  @Test("reports the compiler's words at the path that was given, with status 65")
  func compilerError() throws {
    let scratch = try ScratchDirectory()
    let result = try Distribution.command().run(
      ["build", "platform.swift"], directory: fixture, environment: environment(scratch))
    #expect(
      result.errors == (try String(contentsOfFile: fixture + "/expected.txt", encoding: .utf8)))
    #expect(result.status == 65)
  }

  @Test("works from another place, and through a link")
  func relocated() throws {
    let scratch = try ScratchDirectory()
    let moved = try scratch.copyPrograms(from: Distribution.path, to: "elsewhere")
    let link = scratch.path + "/linked"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: moved + "/bin/dtgen")
    for command in [Distribution.command(at: moved), Tool(path: link, package: "")] {
      let result = try command.run(
        ["build", "platform.swift"], directory: fixture, environment: environment(scratch))
      #expect(result.errors.hasPrefix("platform.swift:3:16: error: cannot find 'Platfrom'"))
      #expect(result.status == 65)
    }
  }

  @Test("serves a compiler that can't read the library's binary interface")
  func textualInterface() throws {
    var bench = try Bench()
    let library = bench.scratch.path + "/library"
    try FileManager.default.copyItem(atPath: Distribution.library, toPath: library)
    let binary = "\(library)/PlatformDescription.swiftmodule/\(Toolchain.target).swiftmodule"
    try Data("another version".utf8).write(to: URL(fileURLWithPath: binary))
    bench.options.environment.overrides["DTGEN_LIB"] = library
    #expect(try bench.loader.load([try bench.write(Description.plain)]).warnings == "")
  }

  @Test("needs nothing but libraries of the system and of Swift")
  func libraries() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: Distribution.path + "/bin/dtgen"))
    // PT_INTERP's text: a static executable has no such segment.
    #expect(bytes.range(of: Data("/lib64/ld-linux".utf8)) == nil)
    let library = try Data(
      contentsOf: URL(fileURLWithPath: Distribution.library + "/libPlatformDescription.so"))
    #expect(library.range(of: Data("/usr/lib/swift/linux".utf8)) == nil)
  }

  @Test(
    "ends by the signal it is sent, with the description and without litter",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(signal: Int32) throws {
    let scratch = try ScratchDirectory()
    // Not by Foundation, whose processes start with the signals of its threads blocked.
    let command = Child(
      executable: Distribution.path + "/bin/dtgen",
      arguments: ["build", Repository.fixtures + "/rejected/endless-loop/platform.swift"],
      environment: environment(scratch).map { "\($0)=\($1)" }, timeLimit: 0)
    let (process, pipes) = try command.spawn()
    var running = RunningProcess(process)
    defer { running.kill() }
    let evaluator = try #require(try child(of: process, named: "dtgen-eval"))
    kill(process, signal)
    var ending: Child.Ending?
    for _ in 0..<500 where ending == nil {
      ending = running.ending()
      usleep(10_000)
    }
    #expect(ending == .killed(signal: signal))
    #expect(kill(evaluator, 0) != 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["dtgen"])
    withExtendedLifetime(pipes) {}
  }

  /// Waits for a child process of this name.
  private func child(of process: pid_t, named name: String) throws -> pid_t? {
    let children = "/proc/\(process)/task/\(process)/children"
    for _ in 0..<500 {
      let numbers = (try? String(contentsOfFile: children, encoding: .utf8)) ?? ""
      for number in numbers.split(separator: " ").compactMap({ pid_t($0) }) {
        let found = try? String(contentsOfFile: "/proc/\(number)/comm", encoding: .utf8)
        if found == name + "\n" { return number }
      }
      usleep(20_000)
    }
    return nil
  }
}
