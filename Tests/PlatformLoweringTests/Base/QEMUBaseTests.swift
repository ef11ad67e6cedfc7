import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// Descriptions merged onto trees that QEMU dumped, and overlays for them laid over by libfdt.
@Suite("a description on a tree that QEMU dumped", .requires(.qemuArm), .requires(.fdtoverlay))
struct QEMUBaseTests {
  /// A description with a pool, two devices and a raw node that refers to QEMU's own.
  private func platform(gic: Machine.GICVersion, cpus: Int) -> VirtualMachine {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    return VirtualMachine("guest", on: .qemuVirt(gic: gic), cpus: cpus, memory: .gib(1)) {
      bounce
      VirtioMMIO(.block, memoryRegion: bounce).labelled(Label("disk"))
      VirtioMMIO(.network(), memoryRegion: bounce)
      Chosen(bootArguments: "console=ttyAMA0")
    }
  }

  /// The same without a preset, by the names of the specification.
  private func writtenOut(cpus: Int) -> VirtualMachine {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let uart = PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))
    let gic = Label("gic")
    return VirtualMachine("guest", architecture: .arm64) {
      Memory(at: 0x4000_0000, size: .gib(1)) { bounce }
      CPUs(cpus, compatible: "arm,cortex-a57", enableMethod: cpus > 1 ? .psci : nil)
      PSCI(.v1, method: .hvc)
      GICv3(
        distributor: 0x0800_0000, redistributors: 0x080a_0000,
        redistributorsSize: .bytes(0xf6_0000)
      ).labelled(gic)
      ArchTimer()
      uart
      VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: bounce)
      Node("watchdog", at: 0x0f00_0000, size: .kib(4), interrupt: .spi(60, .levelHigh)) {
        Property("interrupt-parent", .phandle(gic))
        Property("uart", .phandle(uart))
      }
      Alias("serial0", for: uart)
    }
  }

  private func lower(_ machine: VirtualMachine) throws -> (LoweredMachine, LoweredMachine?) {
    let lowering = Lowering(Platform("p") { machine })
    #expect(lowering.mistakes.isEmpty, "\(lowering.mistakes)")
    return (try #require(lowering.machines.first), Lowering.preset(of: machine))
  }

  private func based(_ machine: VirtualMachine, on base: [UInt8]) throws -> BasedMachine {
    let (lowered, preset) = try lower(machine)
    return BasedMachine(lowered, onto: Tree(try FlattenedTree(base)), preset: preset)
  }

  /// Holds the merged tree and the overlay against each other and against libfdt.
  private func check(_ based: BasedMachine, _ base: [UInt8]) throws -> DerivedOverlay {
    #expect(based.mistakes.isEmpty, "\(based.mistakes)")
    let machine = try #require(based.machine)
    let merged = try machine.tree.flattened()
    #expect(LibFDTReader.check(merged) == 0)
    let baseTree = Tree(try FlattenedTree(base))
    let overlay = DerivedOverlay(
      from: baseTree, to: machine.tree, references: machine.references, symbols: machine.symbols)
    #expect(overlay.unremovable.isEmpty)
    let bytes = try overlay.tree.flattened()
    #expect(LibFDTReader.check(bytes) == 0)
    #expect(try overlay.tree.flattened() == bytes)
    let applied = Tree(try FlattenedTree(#require(try FDTOverlay.apply([bytes], to: base))))
    let differences = machine.tree.difference(to: applied, references: machine.references)
      .filter { $0.node != "/__symbols__" }
    #expect(differences.isEmpty, "\(differences)")
    // Ours is libfdt's.
    var application = try OverlayApplication(base: FlattenedTree(base))
    try application.apply(FlattenedTree(bytes))
    let ours = Tree(try application.result().tree)
    #expect(ours.sorted == applied.sorted)
    return overlay
  }

  @Test("merges alike as a tree and as an overlay", arguments: [2, 3], [1, 4])
  func preset(gic: Int, cpus: Int) throws {
    let base = try QEMUTree(gic: gic, cpus: cpus).dump()
    let based = try based(platform(gic: gic == 2 ? .v2 : .v3, cpus: cpus), on: base)
    let overlay = try check(based, base)
    #expect(based.missing == [])
    #expect(based.merge.replaced.isEmpty, "\(based.merge.replaced)")
    #expect(based.merge.added == ["/reserved-memory"])
    #expect(
      overlay.fragments.map(\.target) == [
        "/", "/virtio_mmio@a000000", "/virtio_mmio@a000200", "/chosen",
      ])
    #expect(overlay.numbered.isEmpty)
    let tree = try FlattenedTree(#require(based.machine).tree.flattened())
    // What QEMU alone has is still there.
    #expect(tree.node(at: "/chosen")?.has("kaslr-seed") == true)
    #expect(tree.node(at: "/pcie@10000000") != nil)
    #expect(tree.node(at: "/virtio_mmio@a000000")?.has("dma-coherent") == true)
    let pool = try #require(tree.node(at: "/reserved-memory/bounce@5f000000"))
    #expect(
      tree.node(at: "/virtio_mmio@a000200")?.property("memory-region")?.u32
        == pool.property("phandle")?.u32)
  }

  @Test("finds QEMU's nodes under their own names")
  func names() throws {
    let base = try QEMUTree(gic: 3, cpus: 2).dump()
    let based = try based(writtenOut(cpus: 2), on: base)
    let overlay = try check(based, base)
    let found = Dictionary(uniqueKeysWithValues: based.merge.matches.map { ($0.node, $0.base) })
    #expect(found["/interrupt-controller@8000000"] == "/intc@8000000")
    #expect(found["/serial@9000000"] == "/pl011@9000000")
    #expect(found["/virtio@a000000"] == "/virtio_mmio@a000000")
    #expect(found["/cpus/cpu@1"] == "/cpus/cpu@1")
    // Without a label there is only the number, and the overlay knows that it depends on it.
    #expect(overlay.numbered.map(\.target) == ["/intc@8000000"])
    #expect(overlay.numbered.map(\.property) == ["interrupt-parent"])
    let machine = try #require(based.machine)
    #expect(machine.devices.map(\.path) == ["/virtio_mmio@a000000"])
    let tree = try FlattenedTree(machine.tree.flattened())
    #expect(tree.node(at: "/aliases")?.property("serial0")?.string == "/pl011@9000000")
    #expect(tree.root.property("interrupt-parent")?.u32 == 0x8003)
    // QEMU gave its serial port no phandle: the overlay does.
    #expect(overlay.fragments.contains { $0.target == "/pl011@9000000" })
    #expect(
      tree.node(at: "/watchdog@f000000")?.property("uart")?.u32
        == tree.node(at: "/pl011@9000000")?.property("phandle")?.u32)
    #expect(based.machine?.origins.location(of: "/pl011@9000000") != nil)
  }

  @Test("names QEMU's nodes by label where a base has labels", .requires(.dtc))
  func labels() throws {
    let dump = try QEMUTree(gic: 3, cpus: 2).dump()
    // Our own text gives a label to whatever has a phandle.
    let text = try FlattenedTree(dump).sourceText()
      .replacing("virtio_mmio@a000000 {", with: "slot0: virtio_mmio@a000000 {")
    let base = try DTC.compile(text, options: ["-@"]).bytes
    let overlay = try check(try based(writtenOut(cpus: 2), on: base), base)
    #expect(overlay.fragments.contains(.init(target: "/virtio_mmio@a000000", label: "slot0")))
    #expect(overlay.fragments.contains(.init(target: "/pl011@9000000", label: nil)))
    #expect(overlay.numbered.isEmpty)
    let fixups = try #require(overlay.tree.root.children.first { $0.name == "__fixups__" })
    #expect(fixups["slot0"] == .string("/fragment@1:target:0"))
    #expect(
      fixups["intc"] == .string("/fragment@0/__overlay__/watchdog@f000000:interrupt-parent:0"))
    // A label of a node that the base has is none of a node that the overlay brings: crosvm refuses
    // labels of a fragment's target.
    let symbols = try #require(overlay.tree.root.children.first { $0.name == "__symbols__" })
    #expect(symbols.properties.map(\.name) == ["bounce"])
  }

  @Test("warns of a base of another machine")
  func otherMachine() throws {
    let base = try QEMUTree(gic: 2, cpus: 1).dump()
    let other = try based(platform(gic: .v3, cpus: 1), on: base)
    #expect(other.mistakes.map(\.id) == ["description/base-other-device"])
    #expect(other.machine == nil)
    let smaller = try QEMUTree(gic: 3, cpus: 1, mebibytes: 512).dump()
    let based = try based(platform(gic: .v3, cpus: 2), on: smaller)
    #expect(based.mistakes.isEmpty)
    #expect(based.missing.contains("/cpus/cpu@1"))
    #expect(based.merge.replaced.map(\.property) == ["reg"])
    #expect(based.merge.replaced.map(\.node) == ["/memory@40000000"])
  }
}
