import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen build, of findings in tables that are accepted", .requiresDistribution)
struct TableAllowanceTests {
  private func build(
    _ allowances: String, machine: String = "", tree: Bool = false, _ arguments: String...
  ) throws -> Tool.Result {
    let scratch = try ScratchDirectory()
    let kind = tree ? "architecture: .arm64" : "architecture: .x86_64"
    let interrupt = tree ? ".spi(16, .edgeRising)" : ".gsi(20, .edgeRising)"
    let rest =
      tree
      ? """
          Memory(at: 0x4000_0000, size: .gib(1))
          CPUs(1)
          PSCI(method: .hvc)
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          ArchTimer()
      """ : ""
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let platform = Platform("p") {
          VirtualMachine("guest", \(kind)) {
        \(rest)
            VirtioMMIO(.block, at: 0x0a00_0000, interrupt: \(interrupt))
            VirtioMMIO(.block, at: 0x0a00_0200, interrupt: \(interrupt))
              \(allowances)
          }
          \(machine)
        }

        """.utf8), to: "platform.swift")
    return try Command.run(["build", "platform.swift", "-o", "out"] + arguments, in: scratch)
  }

  @Test("without an allowance the finding counts, and with one it is marked")
  func used() throws {
    let counted = try build("")
    #expect(counted.errors.contains("acpi/gsi-shared"), "\(counted.errors)")
    let result = try build(".allowing(\"acpi/gsi-shared\", because: \"both are disks\")")
    #expect(result.status == 0)
    #expect(result.errors.contains("both are disks"), "\(result.errors)")
    #expect(!result.errors.contains("unused-allowance"))
    #expect(result.text.contains("1 allowed"), "\(result.text)")
  }

  @Test("one of the machine holds for all of its tables")
  func machine() throws {
    let result = try build(
      "", machine: ".allowing(\"acpi/gsi-shared\", because: \"all are disks\")")
    #expect(result.errors.contains("all are disks"), "\(result.errors)")
    #expect(!result.errors.contains("unused-allowance"))
  }

  @Test("one that nothing needs is a finding, at its line")
  func unused() throws {
    let result = try build(".allowing(\"acpi/cca-missing\", because: \"a PC\")")
    #expect(
      result.errors.contains("nothing is found here that 'acpi/cca-missing' would have to allow"),
      "\(result.errors)")
    #expect(result.errors.contains("platform.swift:7:"))
    // The other device has the finding.
    #expect(!result.errors.contains("1 allowed"))
  }

  @Test("one of no rule, or without a reason, is an error")
  func wrong() throws {
    let unknown = try build(".allowing(\"acpi/gsi-shard\", because: \"both are disks\")")
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("there is no rule 'acpi/gsi-shard'"))
    let without = try build(".allowing(\"acpi/gsi-shared\", because: \" \")")
    #expect(without.status == 1)
    #expect(without.errors.contains("is allowed without a reason"))
  }

  @Test("with a tree besides, each is used where its rule looks")
  func both() throws {
    let result = try build(
      """
      .allowing("acpi/gsi-shared", because: "in the tables")
      .allowing("virtio/interrupt-shared-by-transports", because: "in the tree")
      """, tree: true, "--emit", "dtb,aml")
    #expect(!result.errors.contains("unused-allowance"), "\(result.errors)")
    #expect(result.errors.contains("in the tables"))
    #expect(!result.errors.contains("parity/"))
    #expect(result.status == 0)
    let without = try build(
      ".allowing(\"parity/window-differs\", because: \"never\")", tree: true, "--emit", "dtb,aml")
    #expect(
      without.errors.contains("nothing is found here that 'parity/window-differs'"),
      "\(without.errors)")
  }

  @Test("a slot of QEMU's machine is signalled as its own tables do, and that is said")
  func slots() throws {
    let scratch = try ScratchDirectory()
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let platform = Platform("p") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(256)) {
            VirtioMMIO(.block, acpi: .prp0001)
          }
        }

        """.utf8), to: "platform.swift")
    let result = try Command.run(
      ["build", "platform.swift", "--emit", "dtb,aml", "-o", "out"], in: scratch)
    #expect(result.status == 0)
    #expect(result.errors.contains("parity/trigger-differs"), "\(result.errors)")
    #expect(result.errors.contains("the VMM's own tables signal its slots so"))
  }
}
