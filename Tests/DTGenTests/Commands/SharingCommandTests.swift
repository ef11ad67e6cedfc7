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

  @Test("builds one machine whose share lies elsewhere than the others' for nobody")
  func oneOfTwoElsewhere() throws {
    let scratch = try ScratchDirectory()
    for machine in ["primary", "secondary"] {
      let result = try build(
        "share-at-two-addresses", ["--vm", machine, "--fail-on", "note", "--format", "json"],
        in: scratch)
      #expect(result.text.contains("shared/address-differs"), "\(result.text)")
    }
    let whole = try build("three-machines-two-shares", ["--emit", "features"], in: scratch)
    #expect(whole.status == 0)
    let all = scratch.read("out/net-features.json")
    let single = try build(
      "three-machines-two-shares", ["--vm", "net", "--emit", "features"], in: scratch)
    #expect(single.status == 0)
    #expect(scratch.read("out/net-features.json") == all)
  }

  /// What `lint --pair` says of the trees of a fixture, with the description out of reach.
  private func pairFindings(_ fixture: String) throws -> [String] {
    let scratch = try ScratchDirectory()
    let result = try build(fixture, ["-q"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")
    let trees = names.filter { $0.hasSuffix(".dtb") }.sorted().map { "out/" + $0 }
    #expect(trees.count > 1)
    let linted = try Command.run(["lint", "--format", "json", "--pair"] + trees, in: scratch)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(linted.output)) as? [String: Any])
    let files = try #require(document["files"] as? [[String: Any]])
    let findings = files.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    return findings.compactMap { $0["rule"] as? String }.filter { $0.hasPrefix("shared/") }
  }

  @Test("emits trees that agree by their bytes alone", arguments: ["static-share", "two-machines"])
  func pairs(_ fixture: String) throws { #expect(try pairFindings(fixture) == []) }

  @Test("emits trees whose shares differ where it is told to, which their bytes show")
  func differingPairs() throws {
    #expect(try pairFindings("share-at-two-addresses") == ["shared/address-differs"])
    #expect(try pairFindings("three-machines-two-shares") == ["shared/backend-region-mapped"])
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
