import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("lowering a RISC-V machine")
struct RISCVTests {
  private static let cpus = CPUs(
    2, isa: "rv64imac_zicsr", mmuType: .sv39, timebaseFrequency: 10_000_000)

  private func lowering(@ComponentBuilder _ elements: () -> [Element]) -> Lowering {
    Lowering(
      Platform("p") { VirtualMachine("guest", architecture: .riscv64) { elements() } })
  }

  private func tree(@ComponentBuilder _ elements: () -> [Element]) throws -> FlattenedTree {
    let lowering = lowering(elements)
    #expect(lowering.mistakes == [])
    return try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
  }

  private func cells(_ tree: FlattenedTree, _ path: String, _ property: String) -> [UInt32]? {
    tree.node(at: path)?.property(property).map { property in
      (0..<property.cellCount).compactMap { property.cell($0) }
    }
  }

  @Test("each hart says what it executes, and has an interrupt controller")
  func harts() throws {
    let tree = try tree {
      Self.cpus
      PLIC(at: 0x0c00_0000, sources: 31)
    }
    #expect(cells(tree, "/cpus", "timebase-frequency") == [10_000_000])
    let hart = try #require(tree.node(at: "/cpus/cpu@1"))
    #expect(hart.property("riscv,isa")?.string == "rv64imac_zicsr")
    #expect(hart.property("riscv,isa-base")?.string == "rv64i")
    #expect(hart.property("riscv,isa-extensions")?.strings == ["i", "m", "a", "c", "zicsr"])
    #expect(hart.property("mmu-type")?.string == "riscv,sv39")
    #expect(hart.child("interrupt-controller")?.property("compatible")?.string == "riscv,cpu-intc")
    #expect(!hart.has("enable-method"))
  }

  @Test(
    "an instruction set is taken apart",
    arguments: [
      ("rv64g", ["i", "m", "a", "f", "d", "zicsr", "zifencei"]),
      ("rv64gc", ["i", "m", "a", "f", "d", "c", "zicsr", "zifencei"]),
      ("rv64imafdch_sstc_svpbmt", ["i", "m", "a", "f", "d", "c", "h", "sstc", "svpbmt"]),
    ])
  func isa(text: String, extensions: [String]) throws {
    let tree = try tree { CPUs(1, isa: text, mmuType: .sv48, timebaseFrequency: 1) }
    let hart = try #require(tree.node(at: "/cpus/cpu@0"))
    #expect(hart.property("riscv,isa-extensions")?.strings == extensions)
  }

  @Test(
    "what is no instruction set of 64 bits is refused",
    arguments: [
      "", "rv64", "rv32imac", "rv64mac", "rv64i_", "rv64i_Zba", "rv64i_q", "rv64i zba", "rv64ii",
      "rv64gm", "RV64I", "rv64i__zba", "rv64i_é",
    ])
  func noISA(text: String) {
    let lowering = lowering {
      CPUs(1, isa: text, mmuType: .sv48, timebaseFrequency: 1)
      PLIC(at: 0x0c00_0000, sources: 31)
    }
    #expect(lowering.mistakes.map(\.id) == ["description/invalid-isa"])
  }

  @Test("a PLIC is wired to both external interrupts of each hart, and devices name it")
  func plic() throws {
    let tree = try tree {
      Self.cpus
      PLIC(at: 0x0c00_0000, sources: 31)
      Node("thing", interrupt: .source(31, .levelHigh))
    }
    let harts = try (0..<2).map {
      try #require(cells(tree, "/cpus/cpu@\($0)/interrupt-controller", "phandle")?.first)
    }
    #expect(
      cells(tree, "/interrupt-controller@c000000", "interrupts-extended")
        == harts.flatMap { [$0, 11, $0, 9] })
    #expect(cells(tree, "/interrupt-controller@c000000", "riscv,ndev") == [31])
    #expect(cells(tree, "/thing", "interrupts") == [31])
    #expect(
      cells(tree, "/thing", "interrupt-parent")
        == cells(tree, "/interrupt-controller@c000000", "phandle"))
    // Linux would wait for the PLIC before it sets up the harts' controllers.
    #expect(!tree.root.has("interrupt-parent"))
  }

  @Test("of two APLIC domains the supervisor's gets what the machine's hands on")
  func aplic() throws {
    let supervisor = APLIC(.supervisor, at: 0x0d00_0000, sources: 96)
    let tree = try tree {
      Self.cpus
      APLIC(.machine, at: 0x0c00_0000, sources: 96)
      supervisor
      Node("thing", interrupt: .source(7, .edgeRising)) {
        Property("controller", .phandle(supervisor))
      }
    }
    let child = try #require(cells(tree, "/interrupt-controller@d000000", "phandle")?.first)
    #expect(cells(tree, "/interrupt-controller@c000000", "riscv,children") == [child])
    #expect(cells(tree, "/interrupt-controller@c000000", "riscv,delegation") == [child, 1, 96])
    #expect(cells(tree, "/thing", "interrupts") == [7, 1])
    #expect(cells(tree, "/thing", "interrupt-parent") == [child])
    #expect(cells(tree, "/thing", "controller") == [child])
    #expect(tree.node(at: "/interrupt-controller@d000000")?.has("msi-parent") == false)
  }

  @Test("a domain sends messages to the IMSIC of its mode", arguments: 0...7)
  func imsic(bits: Int) throws {
    let tree = try tree {
      Self.cpus
      APLIC(.supervisor, at: 0x0d00_0000, sources: 96)
      IMSIC(.supervisor, at: 0x2800_0000, guestIndexBits: bits)
    }
    let imsic = "/msi-controller@28000000"
    #expect(
      cells(tree, "/interrupt-controller@d000000", "msi-parent") == cells(tree, imsic, "phandle"))
    #expect(
      tree.node(at: "/interrupt-controller@d000000")?.has("interrupts-extended") == false)
    #expect(cells(tree, imsic, "reg") == [0, 0x2800_0000, 0, 2 << UInt32(12 + bits)])
  }

  @Test("devices are coherent unless they say otherwise")
  func coherency() throws {
    let tree = try tree {
      Self.cpus
      PLIC(at: 0x0c00_0000, sources: 31)
      VirtioMMIO(.block, at: 0x1000_1000, interrupt: .source(1, .levelHigh))
      VirtioMMIO(.block, at: 0x1000_2000, interrupt: .source(2, .levelHigh)).nonCoherent()
    }
    #expect(tree.node(at: "/virtio@10001000")?.has("dma-coherent") == false)
    #expect(tree.node(at: "/virtio@10001000")?.has("dma-noncoherent") == false)
    #expect(tree.node(at: "/virtio@10002000")?.has("dma-noncoherent") == true)
  }

  @Test("on a VMM's bus, what is spelled out stays where it was written")
  func bus() throws {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirtRISCV64(), cpus: 1, memory: .gib(1)) {
          VirtioMMIO(.block)
          Node("watchdog", at: 0x0011_0000, size: .kib(4))
          Bus("board") {}
        }
      })
    let machine = try #require(lowering.machines.first)
    #expect(machine.devices.map(\.path) == ["/soc/virtio_mmio@10001000"])
    let tree = try FlattenedTree(machine.tree.flattened())
    #expect(tree.node(at: "/watchdog@110000") != nil)
    #expect(tree.node(at: "/board") != nil)
  }
}
