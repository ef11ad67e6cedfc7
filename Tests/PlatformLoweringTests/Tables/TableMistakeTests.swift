import PlatformDescription
import PlatformLowering
import Testing

@Suite("what tables can't say")
struct TableMistakeTests {
  private func ids(
    _ architecture: Architecture = .arm64, @ComponentBuilder _ elements: () -> [Element]
  ) -> [String] {
    let elements = elements()
    return tableMistakes {
      var machine = VirtualMachine("guest", architecture: architecture, firmware: .acpi) {}
      machine.elements = elements
      return machine
    }
  }

  @Test("a pool has no effect, and what names it is said with it")
  func pool() throws {
    let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let platform = Platform("p") {
      VirtualMachine("guest", architecture: .arm64, firmware: .acpi) {
        Memory(at: 0x4000_0000, size: .gib(1)) { pool }
        VirtioMMIO(
          .block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
        PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0, memoryRegion: pool) {
          Window(.memory32, at: 0x1000_0000, size: .mib(512))
          VirtioPCI(.block, slot: 1, memoryRegion: pool)
        }
      }
    }
    let mistakes = Lowering(platform).mistakes
    #expect(mistakes.map(\.id) == ["description/no-effect-under-acpi"])
    #expect(mistakes.first?.location == pool.declaration.location)
    #expect(mistakes.first?.related.count == 3)
  }

  @Test("neither has anything else that keeps memory, or that names it")
  func regions() {
    let effect = "description/no-effect-under-acpi"
    #expect(ids { ReservedMemory("r", at: 0x4000_0000, size: .mib(1)) } == [effect])
    #expect(ids { SharedDMAPool("s", at: 0x4000_0000, size: .mib(1)) } == [effect])
    #expect(ids { MemoryReservation(at: 0x4000_0000, size: .kib(4)) } == [effect])
    let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    #expect(
      ids {
        VirtioMMIO(
          .block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
      } == [effect])
    #expect(
      ids {
        ACPIDevice("PRP0001") {
          Property("compatible", "a,b")
          Property("memory-region", .phandle(pool))
        }
      } == [effect])
    #expect(
      ids { ACPIDevice("PRP0001") { Property("compatible", "restricted-dma-pool") } } == [effect])
    // What names no region doesn't confine either, and its author takes it for confined.
    for property in [
      Property("memory-region", "bounce"), Property("memory-region", 7), Property("memory-region"),
    ] {
      #expect(ids { ACPIDevice("ABCD0001") { property } } == [effect])
      #expect(
        ids {
          Node("foo", at: 0xfeb0_1000, size: .kib(4)) {
            Property("compatible", "a,b")
            property
          }
        } == [effect])
    }
  }

  @Test("interrupts of another architecture's controllers, and numbers that there aren't")
  func interrupts() {
    let id = ["description/no-such-interrupt"]
    #expect(ids { ACPIDevice("PNP0501", interrupts: [.source(3, .levelHigh)]) } == id)
    #expect(ids { ACPIDevice("PNP0501", interrupts: [.spi(988, .levelHigh)]) } == id)
    #expect(ids { ACPIDevice("PNP0501", interrupts: [.gsi(15, .levelHigh)]) } == id)
    #expect(ids(.x86_64) { ACPIDevice("PNP0501", interrupts: [.spi(3, .levelHigh)]) } == id)
    #expect(ids(.x86_64) { ACPIDevice("PNP0501", interrupts: [.gsi(-1, .levelHigh)]) } == id)
    #expect(ids(.riscv64) { ACPIDevice("PNP0501", interrupts: [.source(0, .levelHigh)]) } == id)
    #expect(
      tableMistakes {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .gsi(48, .edgeRising))
        }
      } == id)
  }

  @Test("names, ids and properties that no table can have")
  func spellings() {
    let id = ["description/invalid-name"]
    for hardwareID in ["", "virtio,mmio", "prp0001", "PRP001", "PNP0G01", "ABCDX001"] {
      #expect(ids { ACPIDevice(hardwareID) } == id, "\(hardwareID)")
    }
    for name in ["", "0AB", "abc", "ABCDE", "A.B", "_HID", "_SB", "_"] {
      #expect(ids { ACPIDevice("PNP0501").named(name) } == id, "\(name)")
    }
    #expect(
      ids {
        ACPIDevice("PNP0501").named("COM0")
        ACPIDevice("PNP0501").named("COM0")
      } == ["description/duplicate-name"])
    #expect(
      ids { ACPIDevice("PNP0501") { Property("text", "größer") } } == ["description/invalid-text"])
    #expect(
      ids {
        ACPIDevice("PNP0501") {
          Property("twice", 1)
          Property("twice", 2)
        }
      } == ["description/stated-twice"])
    #expect(
      ids {
        ACPIDevice("PNP0501") {
          Node("port", at: 1) {}
          Node("port", at: 1) {}
        }
      } == ["description/stated-twice"])
    #expect(
      ids { ACPIDevice("PNP0501") { Property("peer", .phandle(Label("nobody"))) } }
        == ["description/reference-to-nothing"])
    #expect(ids { ACPIDevice("PRP0001") } == ["description/no-compatible"])
    #expect(
      ids { ACPIDevice("ACPI0004", compatibleIDs: ["PRP0001"]) } == ["description/no-compatible"])
    #expect(
      ids { ACPIDevice("PNP0501").omitting("_CRS") } == ["description/nothing-to-omit"])
  }

  @Test("memory that is none")
  func memory() {
    #expect(
      ids { ACPIDevice("PNP0501", at: 0x1000, size: .bytes(0)) } == ["description/empty-window"])
    #expect(
      ids { ACPIDevice("PNP0501", at: 0xffff_ffff_ffff_f000, size: .kib(8)) }
        == ["description/window-wraps"])
  }

  @Test("nouns of trees that have no form")
  func forms() {
    let id = ["description/no-acpi-form"]
    #expect(ids { Bus("soc", ranges: []) {} } == id)
    #expect(ids { MC146818(at: 0x1000) } == id)
    #expect(ids { ACPIDevice("PNP0501") { Node("n", at: 0, size: .kib(1)) } } == id)
    #expect(
      ids {
        PCIHostBridge(cam: 0x1_0000_0000, buses: 0...0) {
          Window(.memory32, at: 0x1000_0000, size: .mib(16))
        }
      } == id)
    #expect(
      ids {
        PCIHostBridge(ecam: 0x10_0000, buses: 2...2) {
          Window(.memory32, at: 0x1000_0000, size: .mib(16))
        }
      } == id)
  }

  @Test("a machine whose guest has a tree has no ACPI device, and one of x86_64 no tree")
  func worlds() {
    let device = ACPIDevice("PNP0501")
    #expect(
      Lowering(Platform("p") { VirtualMachine("guest", architecture: .arm64) { device } })
        .mistakes.map(\.id) == ["description/no-tree-form"])
    #expect(
      Lowering(
        Platform("p") {
          VirtualMachine("guest", architecture: .x86_64, firmware: .deviceTree) { CPUs(1) }
        }
      ).mistakes.map(\.id) == ["description/no-device-tree"])
    #expect(
      ids(.x86_64) { GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000) }
        == ["description/other-architecture"])
  }

  @Test("what a device is called in tables, where none are made")
  func hardwareIDInTree() {
    let machine = VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
      VirtioMMIO(.block, acpi: .prp0001)
    }
    #expect(
      Lowering(Platform("p") { machine }).mistakes.map(\.id) == ["description/no-effect-in-tree"])
    #expect(tableMistakes { machine } == [])
  }

  @Test("what is said of a root node, where there is none")
  func root() {
    let device = ACPIDevice("PNP0501")
    for machine in [
      VirtualMachine("guest", architecture: .x86_64, compatible: ["a,b"]) { device },
      VirtualMachine("guest", architecture: .x86_64) { device }.bootCPU(1),
      VirtualMachine("guest", architecture: .x86_64) { device }.adding { Property("a") },
    ] {
      #expect(Lowering(Platform("p") { machine }).mistakes.map(\.id) == ["description/no-node"])
    }
  }

  @Test("a machine that has nothing to say in tables, or whose VMM has none")
  func nothing() {
    #expect(ids { CPUs(1) } == ["description/no-tables"])
    // What the VMM's tables have already is told by what hides it.
    let mistake = Lowering(
      Platform("p") {
        VirtualMachine(
          "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), firmware: .acpi
        ) {
          VirtioMMIO(.block, at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
        }
      }
    ).mistakes.first
    #expect(mistake?.id == "description/no-tables")
    #expect(mistake?.help?.contains("acpi: .prp0001") == true)
    #expect(
      tableMistakes {
        VirtualMachine("guest", on: .firecracker(), cpus: 1, memory: .gib(1), firmware: .acpi)
      } == ["description/no-tables"])
  }

  @Test("ports beyond those of the processor, and a device behind an IOMMU that the VMM tells of")
  func hosts() {
    #expect(
      ids(.x86_64) {
        PCIHostBridge(ecam: 0xb000_0000, buses: 0...0) {
          Window(.io, at: 0x3eff_0000, size: .kib(64))
        }
      } == ["description/no-such-ports"])
    let iommu = VirtioIOMMU(slot: 3)
    #expect(
      tableMistakes {
        VirtualMachine(
          "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), firmware: .acpi
        ) {
          VirtioMMIO(.block, iommu: iommu)
          PCIHostBridge { iommu }
        }
      } == ["description/no-acpi-form"])
  }
}
