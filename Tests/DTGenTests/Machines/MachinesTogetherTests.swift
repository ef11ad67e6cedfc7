import Diagnostics
import PlatformDescription
import PlatformLint
import Testing

@testable import dtgen

/// Machines of one platform, judged together by the bytes that were written for each.
@Suite("Machines of a platform")
struct MachinesTogetherTests {
  private func platform(
    _ backend: some Component, name: String = "vrings"
  ) -> Platform {
    let pool = RestrictedDMAPool(name, at: 0x5000_0000, size: .mib(16))
    return Platform("pair") {
      VirtualMachine("front", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        pool
        VirtioMMIO(.network(), memoryRegion: pool)
      }
      VirtualMachine("back", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) { backend }
    }
  }

  private func build(_ platform: Platform) throws -> BuildRun {
    try BuildRun(platform, machines: [], lines: SourceLines())
  }

  @Test("fit, where both have the memory at one address")
  func fitting() throws {
    let run = try build(
      platform(ReservedMemory("vrings", at: 0x5000_0000, size: .mib(16), noMap: true)))
    #expect(run.findings.map(\.message) == [])
    // Without a map of the host, its rules have nothing to say.
    let asked = RuleCatalogue.forMachines.filter { !$0.needs.contains(.hostMap) }
    #expect(run.togetherCount == asked.count)
  }

  @Test("that differ are told of at the lines of both")
  func differing() throws {
    let run = try build(
      platform(ReservedMemory("vrings", at: 0x5800_0000, size: .mib(16), noMap: true)))
    #expect(run.findings.map(\.rule) == ["shared/address-differs"])
    let finding = try #require(run.findings.first)
    #expect(finding.place.file == "back.dtb")
    #expect(finding.place.source != nil)
    #expect(finding.related.map(\.place.file) == ["front.dtb"])
    #expect(finding.related.allSatisfy { $0.place.source != nil })
  }

  @Test("have what was allowed, and are told of an allowance of nothing")
  func allowed() throws {
    let allowed = ReservedMemory("vrings", at: 0x5800_0000, size: .mib(16), noMap: true)
      .allowing("shared/address-differs", because: "the VMM translates")
    let run = try build(platform(allowed))
    #expect(run.findings.map(\.allowedBecause) == ["the VMM translates"])
    let unneeded = ReservedMemory("vrings", at: 0x5000_0000, size: .mib(16), noMap: true)
      .allowing("shared/address-differs", because: "the VMM translates")
    #expect(try build(platform(unneeded)).findings.map(\.rule) == ["description/unused-allowance"])
  }

  @Test("share nothing where names say nothing, as pools of their own don't")
  func own() throws {
    let pool = RestrictedDMAPool("bounce", at: 0x5000_0000, size: .mib(16))
    let run = try build(
      Platform("two") {
        for name in ["one", "two"] {
          VirtualMachine(name, on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
            pool
            VirtioMMIO(.network(), memoryRegion: pool)
          }
        }
      })
    #expect(run.findings.map(\.message) == [])
    let other = try build(
      platform(ReservedMemory("framebuffer", at: 0x5000_0000, size: .mib(16))))
    #expect(other.findings.map(\.message) == [])
  }

  @Test("are held to what is declared, whatever they are called")
  func declared() throws {
    let run = try build(
      platform(ReservedMemory("framebuffer", at: 0x5000_0000, size: .mib(16)), name: "ring"))
    let together = try MachinesTogether(run.machines, declared: [.vrings], SourceLines())
    #expect(
      together.machines.flatMap(\.findings).map(\.rule) == ["shared/backend-region-mapped"])
  }
}
