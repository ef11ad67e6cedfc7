import DTGenTestSupport
import Foundation
import Testing

@Suite("what dtgen build says of computed pools", .requiresDistribution)
struct ComputedPoolCommandTests {
  private func json(_ fixture: String) throws -> Tool.Result {
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    return try Command.run(["build", source, "--format", "json"], in: try ScratchDirectory())
  }

  private func pools(_ result: Tool.Result) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
    let machine = (document?["virtualMachines"] as? [[String: Any]])?.first
    return try #require(machine?["pools"] as? [[String: Any]])
  }

  @Test("adds up in JSON", arguments: ["computed-pool", "computed-pool-pci"])
  func sums(fixture: String) throws {
    let pools = try pools(json(fixture))
    #expect(pools.count > 1)
    for pool in pools {
      guard let sizing = pool["sizing"] as? [String: Any] else { continue }
      let users = try #require(sizing["users"] as? [[String: Any]])
      let all = users.reduce(0) { sum, user in
        ["rings", "resting", "working"].reduce(sum) { $0 + (user[$1] as? Int ?? -1) }
      }
      #expect(sizing["sum"] as? Int == all)
      let steps = ["gaps", "rounding"].reduce(all) { $0 + (sizing[$1] as? Int ?? -1) }
      #expect(pool["size"] as? Int == steps)
    }
  }

  @Test("is the same whenever it is said")
  func deterministic() throws {
    let first = try json("computed-pool").output
    for _ in 0..<2 { #expect(try json("computed-pool").output == first) }
  }

  @Test("names users as the table of DMA does, and what lies above")
  func names() throws {
    let pools = try pools(json("computed-pool-pci"))
    let users = try #require((pools[0]["sizing"] as? [String: Any])?["users"] as? [[String: Any]])
    #expect(users.compactMap { $0["pciAddress"] as? String }.first == "0000:00:01.0")
    #expect(users.last?["deviceID"] == nil)
    #expect(
      pools[0]["placedBelow"] as? String == "the last 4 MiB of memory, which stay free")
    #expect(pools[1]["placedBelow"] == nil)
  }

  private static func description(_ parts: String) -> [UInt8] {
    Array(
      """
      import PlatformDescription

      let bounce = RestrictedDMAPool("bounce", size: .computed)

      let platform = Platform("p") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
          \(parts)
        }
      }

      """.utf8)
  }

  @Test("goes around what only the base has")
  func base() throws {
    let scratch = try ScratchDirectory()
    try scratch.write(
      Self.description(
        "ReservedMemory(\"firmware\", at: 0x7f00_0000, size: .mib(16), noMap: true)"),
      to: "base.swift")
    #expect(try Command.run(["build", "base.swift"], in: scratch).status == 0)
    let move = try Tool("mv", package: "coreutils").run(
      ["guest.dtb", "base.dtb"], directory: scratch.path)
    #expect(move.status == 0)
    try scratch.write(
      Self.description("bounce; VirtioMMIO(.block, memoryRegion: bounce)"), to: "platform.swift")
    let alone = try Command.run(["build", "platform.swift"], in: scratch)
    #expect(alone.text.contains("at 0x7fa00000, the highest free place below the last 4 MiB"))
    let based = try Command.run(
      ["build", "platform.swift", "--base", "base.dtb", "--emit", "dtb,dtbo"], in: scratch)
    #expect(based.status == 0, "\(based.errors)")
    #expect(based.text.contains("at 0x7ee00000, the highest free place below firmware@7f000000"))
    #expect(based.text.contains("bounce@7ee00000, restricted DMA pool"))
  }
}
