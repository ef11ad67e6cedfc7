import DTGenTestSupport
import DeviceTree
import Testing

/// The way of somebody who has QEMU, and wants two devices confined to a pool.
@Suite(
  "from QEMU's dump to a confined guest", .requiresDistribution, .requires(.qemuArm),
  .requires(.fdtoverlay))
struct FromQEMUTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write(
      Array(
        """
        import PlatformDescription

        let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))

        let platform = Platform("confined") {
          VirtualMachine("guest", on: .qemuVirt(gic: .v2), cpus: 2, memory: .gib(1)) {
            bounce
            VirtioMMIO(.block, memoryRegion: bounce)
            VirtioMMIO(.network(), memoryRegion: bounce)
          }
        }
        """.utf8), to: "platform.swift")
  }

  private func qemu(_ machine: String, _ more: String...) throws {
    let result = try Tool.qemuArm.run(
      [
        "-M", machine, "-cpu", "cortex-a57", "-smp", "2", "-m", "1G", "-net", "none", "-nographic",
      ] + more, directory: scratch.path)
    #expect(result.status == 0, "\(result.errors)")
  }

  private func dtgen(_ arguments: String...) throws -> Tool.Result {
    let result = try Command.run(arguments, in: scratch)
    #expect(result.status == 0, "\(arguments): \(result.text)\(result.errors)")
    return result
  }

  @Test("one description gives a whole tree and an overlay, and QEMU takes what comes of both")
  func bothWays() throws {
    try qemu("virt,dumpdtb=virt.dtb")
    let built = try dtgen(
      "build", "platform.swift", "--base", "virt.dtb", "--emit", "dtb,dtbo", "-o", "out")
    #expect(built.errors == "")
    #expect(built.text.contains("no findings"))

    // The overlay, laid over the dump by libfdt and by us.
    let applied = try Tool.fdtoverlay.run(
      ["-i", "virt.dtb", "-o", "out/applied.dtb", "out/guest.dtbo"], directory: scratch.path)
    #expect(applied.status == 0, "\(applied.errors)")
    let lint = try dtgen("lint", "--base", "virt.dtb", "out/guest.dtbo", "--explain-dma")
    for slot in ["virtio_mmio@a000000", "virtio_mmio@a000200"] {
      #expect(
        lint.text.contains("\(slot)  virtio,mmio            into bounce@5f000000 alone"),
        "\(lint.text)")
    }

    // Both as the guest's tree: QEMU takes them, and keeps what they say.
    for tree in ["guest", "applied"] {
      try qemu("virt,dumpdtb=\(tree)-again.dtb", "-dtb", "out/\(tree).dtb")
      let taken = try FlattenedTree(#require(scratch.read("\(tree)-again.dtb")))
      let pool = try #require(taken.node(at: "/reserved-memory/bounce@5f000000"))
      for slot in ["virtio_mmio@a000000", "virtio_mmio@a000200"] {
        #expect(
          taken.node(at: "/" + slot)?.property("memory-region")?.u32
            == pool.property("phandle")?.u32)
      }
      #expect(taken.node(at: "/virtio_mmio@a000400")?.has("memory-region") == false)
      _ = try dtgen("lint", "\(tree)-again.dtb")
    }
  }

  @Test("without the dump, the overlay for the preset goes over it all the same")
  func withoutBase() throws {
    try qemu("virt,dumpdtb=virt.dtb")
    _ = try dtgen("build", "platform.swift", "--emit", "dtbo", "-o", "out")
    let lint = try dtgen("lint", "--base", "virt.dtb", "out/guest.dtbo", "--explain-dma")
    #expect(lint.text.contains("virtio_mmio@a000000  virtio,mmio            into bounce@5f000000"))
    let applied = try FDTOverlay.apply(
      [#require(scratch.read("out/guest.dtbo"))], to: #require(scratch.read("virt.dtb")))
    #expect(applied != nil)
  }
}
