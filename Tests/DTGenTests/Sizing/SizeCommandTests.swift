import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen size", .requiresDistribution)
struct SizeCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/protected-guest/platform.swift"
    let result = try Command.run(
      ["build", source, "-q", "-o", ".", "--emit", "dtb,features"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func size(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["size", "guest.dtb"] + arguments, in: scratch)
  }

  @Test("says what the devices take, and that the pool is enough")
  func enough() throws {
    let result = try size("--features", "guest-features.json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.hasPrefix("bounce@5f000000: 8 MiB, with pages of 4 KiB\n"))
    #expect(result.text.contains("8 MiB are enough"))
    #expect(result.text.contains("346672 KiB  nothing ever waits for room"))
    let large = try size("--page-size", "64k")
    #expect(large.text.contains("with pages of 64 KiB"))
  }

  @Test("counts a device of which nobody told as a disk")
  func unknown() throws {
    let result = try size()
    #expect(result.status == 0)
    #expect(result.text.components(separatedBy: "unknown, as a disk").count > 2)
  }

  @Test("fails where a pool is smaller than its floor")
  func tooSmall() throws {
    let put = try Tool.fdtput.run([
      "-t", "x", scratch.path + "/guest.dtb", "/reserved-memory/bounce@5f000000", "reg", "0",
      "5f000000", "0", "100000",
    ])
    #expect(put.status == 0)
    let result = try size("--features", "guest-features.json")
    #expect(result.status == 1)
    #expect(result.text.contains("1 MiB are too little"))
    // Larger pages take larger rings and buffers.
    let large = try size("--features", "guest-features.json", "--page-size", "64k")
    #expect(large.text.contains("with pages of 64 KiB"))
  }

  @Test("takes what the guest counted, from a word and from a directory")
  func counts() throws {
    let word = try size(
      "--features", "guest-features.json", "--from-hiwater", "bounce@5f000000=1702")
    #expect(word.status == 0)
    #expect(word.text.contains("6 MiB leave a quarter more"))
    let directory = scratch.path + "/debug/swiotlb/bounce@5f000000"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    try scratch.write(
      Array("4096\n".utf8), to: "debug/swiotlb/bounce@5f000000/io_tlb_used_hiwater")
    let full = try size("--features", "guest-features.json", "--from-hiwater", "debug")
    #expect(full.text.contains("8 MiB were full: the guest wanted more than was there"))
  }

  @Test(
    "refuses counts of no pool and of no number",
    arguments: [
      ("bounce@0=3", 64, "there is no pool 'bounce@0'; there are bounce@5f000000"),
      ("bounce@5f000000=many", 64, "'bounce@5f000000=many' has no number of slots"),
      ("/nowhere", 66, "/nowhere: no pool of this tree has an io_tlb_used_hiwater below it"),
    ] as [(String, Int32, String)])
  func refused(count: String, status: Int32, message: String) throws {
    let result = try size("--from-hiwater", count)
    #expect(result.status == status)
    #expect(result.errors.contains(message))
    #expect(result.output == [])
  }

  @Test("is a document of its schema")
  func document() throws {
    let result = try size(
      "--features", "guest-features.json", "--format", "json", "--from-hiwater",
      "bounce@5f000000=1702")
    #expect(try ReportOracle.faults(in: result.output, schema: "schemas/sizes.schema.json") == "")
    #expect(result.text.contains("\"highWater\" : 3485696"))
  }
}
