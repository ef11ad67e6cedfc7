import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("an overlay for what a preset alone is")
struct PresetOverlayTests {
  private func lower(_ machine: VirtualMachine) throws -> LoweredMachine {
    try #require(Lowering(Platform("p") { machine }).machines.first)
  }

  private func machine(@ComponentBuilder _ elements: () -> [Element]) -> VirtualMachine {
    VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 2, memory: .gib(1)) { elements() }
  }

  @Test("is over the same machine without what its author put into the braces")
  func bare() throws {
    var full = machine { VirtioMMIO(.block) }
    full = full.adding { Property("model", "mine") }
    let bare = try #require(Lowering.preset(of: full))
    #expect(bare.tree.root["model"] == .string("linux,dummy-virt"))
    #expect(!bare.tree.root.children.contains { $0.name.hasPrefix("virtio") })
    #expect(bare.devices.isEmpty)
    let writtenOut = VirtualMachine("guest", architecture: .arm64) {
      Memory(at: 0, size: .gib(1))
    }
    #expect(Lowering.preset(of: writtenOut) == nil)
  }

  @Test("goes over QEMU's own tree too", .requires(.qemuArm), .requires(.fdtoverlay))
  func qemu() throws {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let full = try lower(
      machine {
        bounce
        VirtioMMIO(.block, memoryRegion: bounce)
      })
    let preset = try #require(Lowering.preset(of: machine {}))
    let merged = try #require(BasedMachine(full, onto: preset.tree, preset: nil).machine)
    let overlay = DerivedOverlay(
      from: preset.tree, to: merged.tree, references: merged.references, symbols: merged.symbols)
    #expect(overlay.fragments.map(\.target) == ["/"])
    #expect(overlay.numbered.isEmpty)
    let base = try QEMUTree(gic: 3, cpus: 2).dump()
    let applied = try FlattenedTree(
      #require(try FDTOverlay.apply([overlay.tree.flattened()], to: base)))
    // QEMU has the window already: what the overlay says is merged into it.
    let device = try #require(applied.node(at: "/virtio_mmio@a000000"))
    #expect(device.has("dma-coherent"))
    #expect(
      device.property("memory-region")?.u32
        == applied.node(at: "/reserved-memory/bounce@5f000000")?.property("phandle")?.u32)
  }

  @Test("refers to the preset's nodes by numbers that only the VMM knows")
  func numbers() throws {
    let full = try lower(machine { VirtioMMIO(.block).labelled(Label("disk")) })
    let preset = try #require(Lowering.preset(of: machine {}))
    var tree = preset.tree
    tree.root.children.append(
      DeviceTree.Node("user", properties: [DeviceTree.Property("link", .u32(1))]))
    let controller = try #require(full.references.first { $0.property == "interrupt-parent" })
    let overlay = DerivedOverlay(
      from: preset.tree, to: tree,
      references: [
        TreeReference(
          node: "/user", property: "link", offset: 0, kind: .phandle, target: controller.target)
      ])
    #expect(overlay.numbered.map(\.target) == [controller.target])
  }
}
