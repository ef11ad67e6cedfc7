import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformDescription
import PlatformLint
import Testing

@testable import dtgen

@Suite("writing files")
struct OutputTests {
  private func status(_ body: () throws(Failure) -> Void) -> dtgen.ExitStatus? {
    do throws(Failure) {
      try body()
      return nil
    } catch {
      return error.status
    }
  }

  @Test("writes all files or none, and leaves no litter")
  func allOrNone() throws {
    let scratch = try ScratchDirectory()
    try scratch.write([1], to: "first")
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/second", withIntermediateDirectories: true)
    var output = OutputFiles()
    output.add(scratch.path + "/first", [2])
    output.add(scratch.path + "/second", [3])
    let files = output
    #expect(status { () throws(Failure) in try files.write() } == .cannotWrite)
    #expect(scratch.read("first") == [1])
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(left.sorted() == ["first", "second"])
  }

  @Test("says so where the disk is full, and keeps what was there", .enabled(if: Self.canMount))
  func fullDisk() throws {
    let scratch = try ScratchDirectory()
    let directory = try make(scratch.path + "/full")
    try #require(Self.mount(directory).status == 0)
    defer { _ = try? Tool("umount", package: "mount").run([directory]) }
    try scratch.write([1, 2, 3], to: "full/guest.dtb")
    var output = OutputFiles()
    output.add(directory + "/guest.dtb", [UInt8](repeating: 7, count: 1 << 16))
    let files = output
    do throws(Failure) {
      try files.write()
      Issue.record("a full disk was written to")
    } catch {
      #expect(error.status == .cannotWrite)
      #expect(error.message == directory + "/guest.dtb: no space left on device")
    }
    #expect(scratch.read("full/guest.dtb") == [1, 2, 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["guest.dtb"])
  }

  /// A file system of 8 KiB, for those who may mount one.
  private static func mount(_ directory: String) throws -> Tool.Result {
    try Tool("mount", package: "mount").run([
      "-t", "tmpfs", "-o", "size=8k", "tmpfs", directory,
    ])
  }

  private static var canMount: Bool {
    guard getuid() == 0, let scratch = try? ScratchDirectory(),
      let result = try? mount(scratch.path)
    else { return false }
    _ = try? Tool("umount", package: "mount").run([scratch.path])
    return result.status == 0
  }

  @Test("says so where a file may not grow, and keeps what was there", .requiresDistribution)
  func limitedFile() throws {
    let scratch = try ScratchDirectory()
    let model =
      Repository.fixtures + "/platforms/protected-guest/expected/protected-guest.json"
    let before = try Tree().flattened()
    try scratch.write(before, to: "guest.dtb")
    // One block of 1,024 bytes; ignored, the signal leaves an error of write.
    let result = try Tool("bash", package: "bash").run(
      ["-c", "trap '' XFSZ; ulimit -f 1; \(Distribution.path)/bin/dtgen build \(model)"],
      directory: scratch.path)
    #expect(result.status == 73)
    #expect(result.errors == "dtgen: error: guest.dtb: file too large\n")
    #expect(scratch.read("guest.dtb") == before)
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    #expect(left.filter { $0.hasSuffix(".tmp") } == [])
  }

  private func make(_ directory: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    return directory
  }

  @Test("makes the directories that are missing, and refuses where a file is in the way")
  func directories() throws {
    let scratch = try ScratchDirectory()
    try OutputFiles.makeDirectory(scratch.path + "/a/b/c")
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/a/b/c"))
    try OutputFiles.makeDirectory(scratch.path + "/a/b/c")
    try scratch.write([1], to: "file")
    let blocked = scratch.path + "/file/below"
    #expect(
      status { () throws(Failure) in try OutputFiles.makeDirectory(blocked) } == .cannotWrite)
  }

  @Test("never takes the place of the description", .requiresDistribution)
  func ownInput() throws {
    let scratch = try ScratchDirectory()
    let model =
      Repository.fixtures + "/platforms/protected-guest/expected/protected-guest.json"
    try FileManager.default.copyItem(
      atPath: model, toPath: scratch.path + "/protected-guest.json")
    let before = scratch.read("protected-guest.json")
    let result = try Command.run(
      ["build", "protected-guest.json", "--emit", "json"], in: scratch)
    #expect(result.status == 73)
    #expect(scratch.read("protected-guest.json") == before)
  }

  @Test("leaves links as they are, and writes to what is no file")
  func specialFiles() throws {
    let scratch = try ScratchDirectory()
    try scratch.write([1], to: "target")
    let link = scratch.path + "/link"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: scratch.path + "/target")
    var output = OutputFiles()
    output.add(link, [2, 3])
    output.add("/dev/null", [4])
    try output.write()
    #expect(scratch.read("target") == [2, 3])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link).hasSuffix("/target"))
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    var full = OutputFiles()
    full.add("/dev/full", [5])
    let files = full
    #expect(self.status { () throws(Failure) in try files.write() } == .cannotWrite)
    #expect(stat("/dev/full", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("judges the files of a directory and not its pipes", .requiresDistribution)
  func pipes() throws {
    let scratch = try ScratchDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/trees", withIntermediateDirectories: true)
    let source = Repository.fixtures + "/platforms/protected-guest/platform.swift"
    #expect(try Command.run(["build", source, "-o", "trees"], in: scratch).status == 0)
    try #require(mkfifo(scratch.path + "/trees/pipe.dtb", 0o600) == 0)
    let result = try Command.run(["lint", "trees"], in: scratch)
    #expect(result.status == 66)
    #expect(result.errors.contains("trees/pipe.dtb: is no file"))
    #expect(result.text.contains("no findings"))
  }

  @Test("says so where no rule is left to run", .requiresDistribution)
  func noRules() throws {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/protected-guest/platform.swift"
    #expect(try Command.run(["build", source], in: scratch).status == 0)
    let off = try Command.run(
      ["lint", "--rule", "dma", "--severity", "dma=off", "guest.dtb"], in: scratch)
    #expect(off.status == 64)
    #expect(off.errors.contains("no rule is left to run"))
    let family = try Command.run(["lint", "--severity", "dma=off", "guest.dtb"], in: scratch)
    #expect(family.status == 0)
    #expect(!family.text.contains(" \(RuleCatalogue.standard.count) rules"))
    let baseline = try Command.run(
      ["baseline", "create", "guest.dtb", "--baseline", "guest.dtb", "--force"], in: scratch)
    #expect(baseline.status == 73)
  }

  @Test("points at the start of a call, wherever the parenthesis is")
  func callSites() throws {
    let scratch = try ScratchDirectory()
    let file = try scratch.write(Array("  let a = Pool(1)\n\t.init(2)\n(3)".utf8), to: "a.swift")
    let lines = SourceLines()
    func start(_ line: Int, _ column: Int) -> Int {
      CallSite.start(of: .init(file: file, line: line, column: column), in: lines).column
    }
    #expect(start(1, 15) == 11)
    #expect(start(2, 7) == 2)
    #expect(start(3, 1) == 1)
    #expect(start(9, 4) == 4)
    #expect(start(1, 1) == 1)
  }
}
