import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@testable import dtgen_dev

@Suite("The boots")
struct BootCaseTests {
  @Test("every platform of the fixtures is booted, or it is said why not")
  func platforms() throws {
    let folder = Repository.fixtures + "/platforms"
    for platform in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let machines = try FileManager.default.contentsOfDirectory(
        atPath: "\(folder)/\(platform)/expected"
      ).filter { !$0.hasSuffix("-xen.dts") }.compactMap { name in
        [".dts", "-ssdt.asl", "-dsdt.asl", "-features.json"].first { name.hasSuffix($0) }.map {
          String(name.dropLast($0.count))
        }
      }
      #expect(!machines.isEmpty)
      for machine in machines {
        let isBooted = (FixtureBoots.all + TableBoots.all + PairBoots.all).contains {
          $0.tree.isOf(platform, machine: machine)
            || $0.peer?.tree.isOf(platform, machine: machine) == true
        }
        let reason =
          FixtureBoots.excluded[platform] ?? FixtureBoots.excluded["\(platform)/\(machine)"]
        #expect(isBooted != (reason != nil), "\(platform)/\(machine)")
      }
    }
  }

  @Test("each has a name of its own, a rule that exists, and something to be seen")
  func declarations() {
    #expect(Set(BootCase.all.map(\.name)).count == BootCase.all.count)
    for boot in BootCase.all {
      #expect(boot.fault == nil, "\(boot.name)")
      if let rule = boot.rule {
        #expect(RuleCatalogue.rule(rule) != nil, "\(rule)")
        #expect(boot.twin != nil, "\(boot.name)")
      }
    }
  }

  @Test(
    "boots of rules are about their rule", .requires(.dtc), arguments: RuleBoots.all.map(\.name))
  func rules(name: String) throws {
    let boot = try #require(RuleBoots.all.first { $0.name == name })
    try RuleCheck.hold(boot)
  }

  @Test(
    "boots of two guests are about their rule",
    .requires(Tool(path: dtgen, package: "make build")),
    arguments: PairBoots.all.filter { $0.rule != nil }.map(\.name))
  func pairRules(name: String) throws {
    let boot = try #require(PairBoots.all.first { $0.name == name })
    try RuleCheck.hold(boot)
  }

  @Test(
    "boots of tables are about their rule", .requires(Tool(path: dtgen, package: "make build")),
    arguments: TableBoots.mistakes.filter { $0.rule != nil }.map(\.name))
  func tableRules(name: String) throws {
    let boot = try #require(TableBoots.mistakes.first { $0.name == name })
    try RuleCheck.hold(boot)
  }

  private static let dtgen = Repository.root + "/dist/bin/dtgen"

  @Test("what is on record is booted")
  func record() {
    let rules = Set(BootCase.all.compactMap(\.rule))
    for rule in RuleCatalogue.all where BootProof.of(rule.id) != nil {
      #expect(rules.contains(rule.id), "\(rule.id)")
    }
  }

  @Test("the record names the rules all of whose boots agree, and keeps its days")
  func recording() throws {
    let ended = Outcome(report: GuestReport("[    0.1] DTGEN end seconds=1.00"))
    let twin = Outcome(
      report: GuestReport("DTGEN pool when=start name=x slots=1 used=0 peak=0\nDTGEN end "))
    func row(_ rule: String, _ expectation: Prediction) -> BootRow {
      BootRow(
        boot: BootCase(
          name: rule, tree: .bytes([]), devices: [], expectations: [expectation], rule: rule,
          twin: BootCase.TwinKey(tree: .bytes([]), machine: .virt, devices: [])),
        outcome: ended, twin: twin)
    }
    let rows = [
      row("dma/b", .noPool("x")), row("dma/b", .panics), row("dma/c", .noPool("x")),
    ]
    #expect(BootTable(rows: rows).summary == "3 boots, 2 as predicted; 1 rules proven")
    let kernels = [
      GuestArchitecture.arm64: GuestKernel(image: "", imageWithoutPools: "", version: "6.12.1-1")
    ]
    let text = BootRecordFile(rows: rows, kernels: kernels, today: "2026-01-02").text
    #expect(text.contains("\"dma/c\": BootProof(kernel: \"6.12.1\", date: \"2026-01-02\"),"))
    #expect(!text.contains("dma/b"))
    let known = try #require(RuleCatalogue.all.first { BootProof.of($0.id) != nil })
    let kept = BootRecordFile(
      rows: rows, kernels: kernels, keeping: [known.id, "dma/b"], today: "2026-01-02"
    ).text
    #expect(kept.contains("\"\(known.id)\": BootProof("))
    #expect(!kept.contains("dma/b"))
  }

  @Test("the first instructions are those that a disassembler reads back")
  func stubs() {
    func words(_ bytes: [UInt8]) -> [UInt32] {
      stride(from: 0, to: bytes.count, by: 4).map { start in
        bytes[start..<start + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
      }
    }
    // aarch64-linux-gnu-objdump: mov x0, #0x43000000; movk x0, #0x0; mov x1, #0; …; br x4
    #expect(
      words(GuestArchitecture.arm64.stub) == [
        0xd2a8_6000, 0xf280_0000, 0xd2a0_0001, 0xd2a0_0002, 0xd2a0_0003, 0xd2a8_0404, 0xf280_0004,
        0xd61f_0080,
      ])
    let riscv = words(GuestArchitecture.riscv64.stub)
    #expect(
      riscv.prefix(6) == [0x297, 0xf140_2573, 0x0202_b583, 0x0302_8613, 0x0282_b303, 0x30067])
    #expect(riscv[8] == 0x8300_0000 && riscv[10] == 0x8000_0000 && riscv[12] == 0x4942_534f)
  }

  @Test("the sum over a disk is the guest's, and only its complement counts as written")
  func disks() throws {
    let disk = GuestDisk()
    #expect(disk.contents.count == 2 * GuestDisk.half)
    #expect(disk.complement.count == GuestDisk.half)
    #expect(zip(disk.contents.prefix(64), disk.complement.prefix(64)).allSatisfy { $0 == ~$1 })
    let scratch = try ScratchDirectory()
    let file = try scratch.write([UInt8](disk.contents), to: "disk")
    #expect(!disk.isWritten(file))
    try scratch.write([UInt8](disk.contents.prefix(GuestDisk.half) + disk.complement), to: "disk")
    #expect(disk.isWritten(file))
    #expect(!disk.isWritten(scratch.path + "/none"))
  }
}
