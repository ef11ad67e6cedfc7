import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen gate libvirt", .requiresDistribution, .requires(.qemuArm))
struct GateLibvirtTests {
  private let scratch: ScratchDirectory
  private let domain: String

  init() throws {
    scratch = try ScratchDirectory()
    // QEMU puts the first device that has no bus of its own into the last window.
    let description = """
      import PlatformDescription
      let bounce = RestrictedDMAPool("bounce", at: 0x4f00_0000, size: .mib(8))
      let platform = Platform("gated") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(256)) {
          bounce
          VirtioMMIO(.block, slot: 31, memoryRegion: bounce)
        }
      }
      """
    try scratch.write(Array(description.utf8), to: "platform.swift")
    let built = try Command.run(["build", "platform.swift", "-q"], in: scratch)
    try #require(built.status == 0, "\(built.errors)")
    try scratch.write(Array(KernelText.configuration(pools: true).utf8), to: "config")
    try scratch.write(Array(KernelText.configuration(pools: false).utf8), to: "config-without")
    try scratch.write(GuestProgram.ending, to: "Image")
    let emulator = try #require(Tool.qemuArm.path)
    domain = try String(
      contentsOfFile: Repository.fixtures + "/libvirt/windows.xml", encoding: .utf8
    ).replacing("/srv/guest", with: scratch.path).replacing(
      "/usr/bin/qemu-system-aarch64", with: emulator)
  }

  private func hook(
    _ options: [String], _ domain: String, _ operation: [String] = ["start", "begin", "-"]
  ) throws -> Tool.Result {
    let result = try Command.run(
      ["gate", "libvirt"] + options + ["--", "guest"] + operation, in: scratch,
      input: Array(domain.utf8))
    #expect(result.text == "")
    return result
  }

  @Test("lets a domain start that is right, and says nothing")
  func right() throws {
    let result = try hook([], domain)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
  }

  @Test(
    "keeps a domain from starting, and says why",
    arguments: [
      (" iommu='on'", "", 77, "[dma/access-platform-not-offered]"),
      ("force-legacy=false", "force-legacy=true", 77, "[dma/access-platform-not-offered]"),
      ("/config'", "/config-without'", 77, "[guest/pools-not-built]"),
      (
        "<dtgen:gate", "<other:gate xmlns:other='urn:o'", 64,
        "nothing is known of the guest's kernel"
      ),
      ("<address type='virtio-mmio'/>", "", 65, "has no <address>"),
      ("<name>guest", "<name>other", 65, "standard input is another domain, 'other'"),
      ("virt'", "q35' ", 65, "its guests go by ACPI tables"),
      ("/guest.dtb", "/none.dtb", 76, "ended before it could be asked"),
      ("/config'", "/none'", 66, "no such file or directory"),
      (
        "<memballoon model='none'/>",
        "<memballoon model='virtio'><address type='virtio-mmio'/></memballoon>", 65,
        "the tree has no enabled node for the window 30 of virtio-mmio"
      ),
      ("</domain>", "", 65, "no XML that is read here"),
    ] as [(String, String, Int32, String)])
  func refused(_ text: String, _ other: String, _ status: Int32, _ message: String) throws {
    let changed = domain.replacing(text, with: other)
    try #require(changed != domain)
    let result = try hook([], changed)
    #expect(result.status == status)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!result.errors.contains("terminating on signal"))
  }

  @Test("judges tree and tables of a domain whose firmware may give its guest either")
  func firmware() throws {
    let text = domain.replacing(
      "<kernel>", with: "<loader type='pflash' readonly='yes'>/srv/fw</loader><kernel>"
    ).replacing("<gic", with: "<acpi/><gic")
    let result = try hook([], text)
    #expect(result.status == 77)
    #expect(result.errors.contains("[parity/pool-ignored]"), "\(result.errors)")
    #expect(try hook(["--firmware-keeps-tree"], text).status == 0)
    // Without a pool there is nothing that the guest may not see.
    let functions = try String(
      contentsOfFile: Repository.fixtures + "/libvirt/functions.xml", encoding: .utf8
    ).replacing("/srv/guest", with: scratch.path).replacing(
      "/usr/bin/qemu-system-aarch64", with: Tool.qemuArm.path ?? ""
    ).replacing("<gic", with: "<acpi/><gic").replacing("<os>", with: "<os firmware='efi'>")
    let right = try hook(["--guest", "debian-13-arm64", "--verbose"], functions)
    #expect(right.status == 0, "\(right.errors)")
    #expect(right.errors.contains("may keep the tree from it"), "\(right.errors)")
  }

  @Test("answers at once where QEMU isn't about to start, whatever it is given")
  func others() throws {
    for operation in [
      ["prepare", "begin", "-"], ["started", "begin", "-"], ["stopped", "end", "shutdown"],
      ["release", "end", "-"], ["migrate", "begin", "-"], ["restore", "begin", "-"],
      ["reconnect", "begin", "-"], ["attach", "begin", "-"],
    ] {
      let result = try hook([], "no domain", operation)
      #expect(result.status == 0)
      #expect(result.errors == "")
    }
  }

  @Test("judges every domain but those that are excepted, or not marked where that is asked for")
  func which() throws {
    let unmarked = domain.replacing("<dtgen:gate", with: "<other:gate xmlns:other='urn:o'")
      .replacing("virt'", with: "q35' ")
    #expect(try hook([], unmarked).status == 65)
    #expect(try hook(["--except", "desk*"], unmarked).status == 65)
    #expect(try hook(["--except", "desk*", "--except", "gu*"], unmarked).status == 0)
    #expect(try hook(["--only-marked"], unmarked).status == 0)
    #expect(
      try hook(["--only-marked"], domain.replacing(" iommu='on'", with: "")).status == 77)
    #expect(try hook(["--only-marked"], "no domain").status == 65)
  }

  @Test("judges functions behind ports, by the tree that QEMU makes")
  func functions() throws {
    let text = try String(
      contentsOfFile: Repository.fixtures + "/libvirt/functions.xml", encoding: .utf8
    ).replacing("/srv/guest", with: scratch.path).replacing(
      "/usr/bin/qemu-system-aarch64", with: Tool.qemuArm.path ?? "")
    let result = try hook(["--guest-config", "config"], text)
    #expect(result.status == 0, "\(result.errors)")
    let transitional = text.replacing("non-transitional", with: "transitional")
    let other = try hook(["--guest-config", "config"], transitional)
    #expect(other.status == 76)
    #expect(other.errors.contains("VIRTIO_F_IOMMU_PLATFORM"))
  }

  @Test("says what it takes where it is called by hand")
  func usage() throws {
    let result = try Command.run(
      ["gate", "libvirt", "--", "guest", "start"], in: scratch, input: [])
    #expect(result.status == 64)
    #expect(result.errors.contains("guest start begin -"))
    let empty = try hook([], "")
    #expect(empty.status == 65)
    #expect(empty.errors.contains("standard input is empty"))
  }
}
