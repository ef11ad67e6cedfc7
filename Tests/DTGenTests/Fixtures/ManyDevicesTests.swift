import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

/// Descriptions of `fixtures/many`: more devices than anybody wants to read in an expected file.
@Suite("a machine with many devices", .requiresDistribution)
struct ManyDevicesTests {
  static let counts = [
    ("one-device", 1), ("hundred-written-out", 100), ("two-hundred-devices", 200),
    ("thousand-devices", 1000),
  ]

  @Test("has each of them once, without a finding, and the same from its model", arguments: counts)
  func many(name: String, count: Int) throws {
    let scratch = try ScratchDirectory()
    let result = try Command.run(
      [
        "build", Repository.fixtures + "/many/\(name)/platform.swift", "-o", "out", "--emit",
        "dtb,json", "--fail-on", "note",
      ], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    let bytes = try #require(scratch.read("out/guest.dtb"))
    let devices = try FlattenedTree(bytes).nodes.filter { $0.name.hasPrefix("virtio@") }
    #expect(devices.count == count)
    #expect(devices.allSatisfy { $0.has("memory-region") })
    #expect(Set(devices.map(\.name)).count == count)
    let again = try Command.run(["build", "out/\(name).json", "-o", "again"], in: scratch)
    #expect(again.status == 0, "\(again.errors)")
    #expect(scratch.read("again/guest.dtb") == bytes)
  }

  @Test("shows ten of many findings of a rule, unless all are asked for")
  func folded() throws {
    let scratch = try ScratchDirectory()
    func findings(_ more: String...) throws -> (count: Int, text: String) {
      let result = try Command.run(
        ["build", Repository.fixtures + "/many/thousand-devices/platform.swift", "-q"] + more,
        in: scratch)
      let text = result.errors
      let rule = "[virtio/interrupt-shared-by-transports]"
      return (text.split(separator: "\n").filter { $0.hasSuffix(rule) }.count, text)
    }
    let all = try findings("--all")
    try #require(all.count == 500)
    let some = try findings()
    #expect(some.count == 10)
    #expect(
      some.text.hasSuffix(
        "and 490 more of virtio/interrupt-shared-by-transports; --all shows them\n"))
  }

  @Test("is all of fixtures/many")
  func complete() throws {
    let present = try FileManager.default.contentsOfDirectory(
      atPath: Repository.fixtures + "/many")
    #expect(present.sorted() == Self.counts.map(\.0).sorted())
  }
}
