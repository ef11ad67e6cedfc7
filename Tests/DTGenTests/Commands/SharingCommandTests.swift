import DTGenTestSupport
import Foundation
import Testing

/// What the command says of memory that machines share, and of guests whose memory is kept from the host.
@Suite("dtgen build, of several machines and of confidential ones", .requiresDistribution)
struct SharingCommandTests {
  private func build(
    _ fixture: String, _ arguments: [String], in scratch: ScratchDirectory
  ) throws -> Tool.Result {
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    return try Command.run(["build", source, "-o", "out"] + arguments, in: scratch)
  }

  private func report(_ fixture: String) throws -> [String: Any] {
    let result = try build(fixture, ["--format", "json"], in: try ScratchDirectory())
    #expect(result.status == 0, "\(result.errors)")
    let value = try JSONSerialization.jsonObject(with: Data(result.text.utf8))
    return try #require(value as? [String: Any])
  }

  @Test("builds one machine of a pair, whose other half still counts")
  func oneOfTwo() throws {
    let scratch = try ScratchDirectory()
    let arguments = ["--vm", "primary", "--fail-on", "note"]
    let result = try build("static-share", arguments, in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(scratch.read("out/primary.dtb") != nil)
    #expect(scratch.read("out/secondary.dtb") == nil)
  }

  @Test("reports who has which memory, and whose devices are served through it")
  func sharedMemory() throws {
    let shares = try #require(
      report("three-machines-two-shares")["sharedMemory"] as? [[String: Any]])
    #expect(shares.map { $0["name"] as? String } == ["net-rings", "disk-rings"])
    let parties = shares.map { $0["parties"] as? [[String: Any]] ?? [] }
    #expect(
      parties.map { $0.map { $0["virtualMachine"] as? String } } == [
        ["app", "net"], ["app", "disk"],
      ])
    #expect(
      parties.map { $0.map { $0["role"] as? String } } == [
        ["restrictedDMAPool", "noMap"], ["restrictedDMAPool", "mapped"],
      ])
    #expect(parties.joined().allSatisfy { ($0["size"] as? Int ?? 0) % 0x10000 == 0 })
    let devices = shares.map { $0["devices"] as? [[String: Any]] ?? [] }
    #expect(devices.map { $0.map { $0["backend"] as? String } } == [["net"], ["disk"]])
  }

  @Test("reports what the kernel's command line needs where its pool is too small")
  func kernelArgument() throws {
    let machines = try #require(report("realm")["virtualMachines"] as? [[String: Any]])
    let realm = try #require(machines.first?["confidential"] as? [String: Any])
    #expect(realm["kind"] as? String == "armCCA")
    #expect((realm["kernelArgument"] as? String)?.hasPrefix("swiotlb=") == true)
    let tables = try #require(report("acpi-encrypted")["tables"] as? [[String: Any]])
    let kinds = tables.map { ($0["confidential"] as? [String: Any])?["kind"] as? String }
    #expect(kinds == ["sev", "tdx"])
  }
}
