import DTGenTestSupport
import Foundation
import PlatformLint
import Testing

@Suite("dtgen build, of tables", .requiresDistribution)
struct TableCommandTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let iommu = VirtioIOMMU(at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising))

        let platform = Platform("p") {
          VirtualMachine("guest", architecture: .x86_64) {
            iommu
            VirtioMMIO(.block, at: 0xfeb0_0200, interrupt: .gsi(17, .edgeRising), iommu: iommu)
          }
          VirtualMachine("arm", architecture: .arm64) {
            Memory(at: 0x4000_0000, size: .gib(1)) { pool }
            CPUs(1)
            PSCI(method: .hvc)
            GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
            ArchTimer()
            VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
          }
        }

        let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))

        """.utf8), to: "platform.swift")
  }

  private func build(_ arguments: String...) throws -> Tool.Result {
    try Command.run(["build", "platform.swift", "-o", "out"] + arguments, in: scratch)
  }

  private var files: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")) ?? []).sorted()
  }

  @Test("a machine without a tree gets its tables, and one with a tree its tree")
  func usual() throws {
    let result = try build()
    #expect(result.status == 0, "\(result.errors)")
    #expect(files == ["arm.dtb", "guest-ssdt.aml", "guest-viot.aml"])
    let rules =
      RuleCatalogue.forTrees.count + RuleCatalogue.forTables.count
      + RuleCatalogue.forParity.count + RuleCatalogue.forMachines.count
      + RuleCatalogue.forDrift.count
    #expect(rules == RuleCatalogue.standard.count)
    #expect(result.text.contains(" rules, no findings"))
    #expect(result.text.contains("\\_SB.D001  LNRO0005  0xfeb00200..0xfeb003ff, GSI 17"))
  }

  @Test("all tables in one file are those of the files, and the text is the SSDT's alone")
  func kinds() throws {
    #expect(try build("--emit", "aml,asl,acpi").status == 0)
    #expect(files == ["guest-acpi.bin", "guest-ssdt.aml", "guest-ssdt.asl", "guest-viot.aml"])
    let (ssdt, viot) = (scratch.read("out/guest-ssdt.aml"), scratch.read("out/guest-viot.aml"))
    #expect(scratch.read("out/guest-acpi.bin") == (ssdt ?? []) + (viot ?? []))
  }

  @Test("an archive has what Linux takes from an initrd, and the rest is said")
  func archive() throws {
    let result = try build("--emit", "aml,cpio")
    #expect(result.status == 0)
    #expect(result.errors.contains("Linux takes no VIOT from an initrd"), "\(result.errors)")
    let archive = try #require(scratch.read("out/guest-acpi.cpio"))
    let ssdt = try #require(scratch.read("out/guest-ssdt.aml"))
    #expect(archive.count % 512 == 0)
    let text = String(decoding: archive, as: UTF8.self)
    #expect(text.hasPrefix("070701"))
    #expect(text.contains("kernel/firmware/acpi/ssdt.aml\0"))
    #expect(!text.contains("viot"))
    // Linux reads a table where it stands, and files start at multiples of four bytes.
    #expect((archive.firstRange(of: ssdt)?.lowerBound ?? 1) % 4 == 0)
  }

  @Test("an archive is one that cpio unpacks", .requires(Tool("cpio", package: "cpio")))
  func unpacked() throws {
    #expect(try build("--emit", "aml,cpio").status == 0)
    let result = try Tool("cpio", package: "cpio").run(
      ["--extract", "--make-directories", "--quiet"],
      input: scratch.read("out/guest-acpi.cpio") ?? [], directory: scratch.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      scratch.read("kernel/firmware/acpi/ssdt.aml") == scratch.read("out/guest-ssdt.aml"))
  }

  @Test("the same description gives the same bytes, and a compact table fewer of them")
  func bytes() throws {
    #expect(try build("--emit", "aml").status == 0)
    let first = scratch.read("out/guest-ssdt.aml")
    #expect(try build("--emit", "aml").status == 0)
    #expect(first != nil)
    #expect(scratch.read("out/guest-ssdt.aml") == first)
    #expect(try build("--emit", "aml", "--compact").status == 0)
    #expect(scratch.read("out/guest-ssdt.aml")?.count ?? .max != first?.count)
  }

  @Test("programs are told of tables and devices")
  func json() throws {
    let result = try build("--emit", "aml", "--format", "json")
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(result.text.utf8)) as? [String: Any])
    let tables = try #require((report["tables"] as? [[String: Any]])?.first)
    #expect(tables["virtualMachine"] as? String == "guest")
    let signatures = (tables["tables"] as? [[String: Any]])?.map { $0["signature"] as? String }
    #expect(signatures == ["SSDT", "VIOT"])
    let devices = try #require(tables["devices"] as? [[String: Any]])
    #expect(devices.map { $0["path"] as? String } == ["\\_SB.D000", "\\_SB.D001"])
    #expect(devices.last?["interrupts"] as? [Int] == [17])
    let virtio = try #require(tables["virtioDevices"] as? [[String: Any]])
    #expect(virtio.last?["iommu"] as? String == "\\_SB.D000")
    #expect((virtio.last?["features"] as? [Int])?.contains(33) == true)
  }

  @Test("a tree of what has none, and tables of a pool, are refused")
  func refused() throws {
    let tree = try build("--vm", "guest", "--emit", "dtb")
    #expect(tree.status == 64)
    #expect(
      tree.errors.contains("has a device tree, of which --emit dtb is made"), "\(tree.errors)")
    #expect(try build("--vm", "arm", "-o", "base").status == 0)
    let base = try build("--vm", "guest", "--base", "base/arm.dtb")
    #expect(base.status == 64)
    #expect(base.errors.contains("has no tree to merge onto a base"), "\(base.errors)")
    let pool = try build("--vm", "arm", "--emit", "aml")
    #expect(pool.status == 1)
    #expect(pool.errors.contains("[description/no-effect-under-acpi]"), "\(pool.errors)")
    #expect(files.isEmpty)
  }
}
