import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("lowering to a device tree")
struct LoweringTests {
  private func lower(
    @ComponentBuilder _ elements: () -> [Element]
  ) throws -> (machine: LoweredMachine, tree: FlattenedTree) {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          elements()
        }
      })
    #expect(lowering.mistakes.isEmpty)
    let machine = try #require(lowering.machines.first)
    return (machine, try FlattenedTree(machine.tree.flattened()))
  }

  @Test("a pool becomes a child of /reserved-memory that its devices refer to")
  func pool() throws {
    let pool = RestrictedDMAPool("bounce", at: 0x1_0000_0000, size: .gib(5))
    let (_, tree) = try lower {
      Memory(at: 0x4000_0000, size: .gib(16)) { pool }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
    }
    let reserved = try #require(tree.node(at: "/reserved-memory"))
    #expect(reserved.property("ranges")?.count == 0)
    #expect(reserved.property("#address-cells")?.u32 == 2)
    #expect(reserved.property("#size-cells")?.u32 == 2)
    let node = try #require(reserved.child("bounce@100000000"))
    #expect(node.property("compatible")?.string == "restricted-dma-pool")
    #expect(node.property("reg")?.number(at: 0, cells: 2) == 0x1_0000_0000)
    #expect(node.property("reg")?.number(at: 2, cells: 2) == 5 << 30)
    let phandle = try #require(node.property("phandle")?.u32)
    #expect(tree.node(at: "/virtio@a000000")?.property("memory-region")?.u32 == phandle)
  }

  @Test("a dynamic pool has size, alignment and alloc-ranges of two cells each")
  func dynamicPool() throws {
    let pool = RestrictedDMAPool(
      "bounce", size: .mib(8), alignment: .mib(2),
      allocRanges: [AddressRange(at: 0x4000_0000, size: .mib(512))])
    let (_, tree) = try lower { Memory(at: 0x4000_0000, size: .gib(1)) { pool } }
    let node = try #require(tree.node(at: "/reserved-memory/bounce"))
    #expect(!node.has("reg"))
    #expect(node.property("size")?.number(at: 0, cells: 2) == 8 << 20)
    #expect(node.property("size")?.count == 8)
    #expect(node.property("alignment")?.number(at: 0, cells: 2) == 2 << 20)
    #expect(node.property("alignment")?.count == 8)
    #expect(node.property("alloc-ranges")?.count == 16)
  }

  @Test("phandles go to what is referred to, and to nothing else, in document order")
  func phandles() throws {
    let (_, tree) = try lower {
      Memory(at: 0x4000_0000, size: .gib(1)) {
        RestrictedDMAPool("unused", at: 0x5000_0000, size: .mib(8))
      }
      PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
    }
    let phandles = tree.nodes.compactMap { $0.property("phandle")?.u32 }
    #expect(phandles == [1, 2])
    #expect(tree.node(at: "/reserved-memory/unused@50000000")?.has("phandle") == false)
  }

  @Test(
    "an interrupt becomes kind, number and trigger",
    arguments: [
      (Interrupt.spi(16, .edgeRising), [UInt32(0), 16, 1]),
      (.spi(987, .levelHigh), [0, 987, 4]),
      (.ppi(11, .levelLow), [1, 11, 8]),
      (.spi(0, .edgeFalling), [0, 0, 2]),
    ])
  func interrupts(interrupt: Interrupt, cells: [UInt32]) throws {
    let (_, tree) = try lower { Node("thing", interrupt: interrupt) }
    let property = try #require(tree.node(at: "/thing")?.property("interrupts"))
    #expect((0..<3).map { property.cell($0) } == cells)
  }

  @Test("a GICv2 names the processors of a PPI in bits 15:8", arguments: 1...8)
  func gicv2(cpus: Int) throws {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          CPUs(cpus)
          GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000)
          ArchTimer()
        }
      })
    let tree = try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
    let interrupts = try #require(tree.node(at: "/timer")?.property("interrupts"))
    #expect(interrupts.cell(2) == 4 | (UInt32(1) << cpus - 1) << 8)
  }

  @Test("redistributors have 128 KiB a processor", arguments: [1, 2, 16, 17])
  func redistributors(cpus: Int) throws {
    let (_, tree) = try lower { CPUs(cpus) }
    let reg = try #require(tree.node(at: "/interrupt-controller@8000000")?.property("reg"))
    #expect(reg.number(at: 6, cells: 2) == UInt64(cpus) << 17)
  }

  @Test("devices on a bus keep their bus addresses, and the bus says where it is")
  func bus() throws {
    let (machine, tree) = try lower {
      Bus("soc", ranges: [.init(child: 0x1000, parent: 0x2000_0000, size: .mib(1))], dmaRanges: [])
      {
        Bus("inner") {
          VirtioMMIO(.block, at: 0x2000, interrupt: .spi(16, .edgeRising))
        }
      }
    }
    let bus = try #require(tree.node(at: "/soc@20000000"))
    #expect(bus.property("ranges")?.cellCount == 6)
    #expect(bus.property("dma-ranges")?.count == 0)
    #expect(machine.devices.map(\.path) == ["/soc@20000000/inner/virtio@2000"])
    #expect(tree.node(at: "/soc@20000000/inner/virtio@2000") != nil)
  }

  @Test("the console is the first serial port, unless another one is chosen")
  func console() throws {
    let first = PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
    let second = PL011(at: 0x901_0000, interrupt: .spi(2, .levelHigh))
    let (_, tree) = try lower {
      first
      second
    }
    #expect(tree.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@9000000")
    let (_, other) = try lower {
      first
      second
      Chosen(stdout: second)
    }
    #expect(other.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@9010000")
  }

  @Test("the initial RAM disk ends behind its last byte")
  func initrd() throws {
    let (_, tree) = try lower {
      Chosen(initrd: AddressRange(at: 0x4800_0000, size: .mib(4)))
    }
    let chosen = try #require(tree.node(at: "/chosen"))
    #expect(chosen.property("linux,initrd-start")?.number(at: 0, cells: 2) == 0x4800_0000)
    #expect(chosen.property("linux,initrd-end")?.number(at: 0, cells: 2) == 0x4840_0000)
  }

  @Test("feature bits follow from the description, and leaving one out is possible")
  func features() throws {
    let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let (machine, _) = try lower {
      Memory(at: 0x4000_0000, size: .gib(1)) { pool }
      for slot in MMIOSlots(at: 0xa00_0000, count: 1, firstInterrupt: .spi(16, .edgeRising)) {
        VirtioMMIO(.block, at: slot)
      }
      VirtioMMIO(
        .block, at: 0xa00_0200, interrupt: .spi(17, .edgeRising), memoryRegion: pool,
        features: [.ringPacked])
      VirtioMMIO(
        .block, at: 0xa00_0400, interrupt: .spi(18, .edgeRising), memoryRegion: pool,
        withholding: [.accessPlatform])
    }
    #expect(machine.devices.map { $0.features.map(\.bit) } == [[32], [32, 33, 34], [32]])
  }

  @Test("devices that one line made are told apart")
  func oneLine() throws {
    let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    func device(offering: Bool) -> VirtioMMIO {
      VirtioMMIO(.block, memoryRegion: pool, withholding: offering ? [] : [.accessPlatform])
    }
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(2)) {
        pool
        for offering in [true, false, true] { device(offering: offering) }
      }
    }
    let machine = try #require(Lowering(platform).machines.first)
    #expect(
      machine.devices.map(\.path) == [
        "/virtio_mmio@a000000", "/virtio_mmio@a000200", "/virtio_mmio@a000400",
      ])
    #expect(machine.devices.map(\.slot) == [0, 1, 2])
    #expect(machine.devices.map { $0.features.contains(.accessPlatform) } == [true, false, true])
  }

  @Test("additions go to the node, and may replace what the noun wrote")
  func additions() throws {
    let (machine, tree) = try lower {
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising)).adding {
        Property("compatible", "example,mmio", "virtio,mmio")
        Property("wakeup-source")
      }
    }
    let node = try #require(tree.node(at: "/virtio@a000000"))
    #expect(node.property("compatible")?.strings == ["example,mmio", "virtio,mmio"])
    #expect(node.properties.first?.name == "compatible")
    #expect(node.property("wakeup-source")?.count == 0)
    let line = machine.origins.location(of: "/virtio@a000000", property: "wakeup-source")?.line
    #expect(line == #line - 8)
  }

  @Test("a node that nobody wrote down comes from its nearest ancestor")
  func origins() throws {
    let (machine, _) = try lower {
      Memory(at: 0x4000_0000, size: .gib(1)) {
        RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
      }
    }
    let origins = machine.origins
    #expect(origins.location(of: "/reserved-memory/bounce@5f000000")?.line == #line - 4)
    #expect(origins.location(of: "/reserved-memory") == origins.location(of: "/"))
    #expect(origins.location(of: "/reserved-memory") != nil)
  }

  @Test("allowances reach everything below the node that they were given to")
  func allowances() throws {
    let (machine, _) = try lower {
      Bus("soc") { Node("thing") }.allowing("dma/x", because: "of the bus")
    }
    #expect(
      machine.origins.allowances(for: "/soc/thing").map(\.allowance.reason) == ["of the bus"])
    #expect(machine.origins.allowances(for: "/chosen").isEmpty)
  }

  @Test("the same description gives the same bytes")
  func deterministic() throws {
    func bytes() throws -> [UInt8] {
      try lower {
        Memory(at: 0x4000_0000, size: .gib(1)) {
          for index in 0..<20 {
            ReservedMemory("r\(index)", at: 0x5000_0000 + index * 0x1000, size: .kib(4))
          }
        }
        for slot in MMIOSlots(at: 0xa00_0000, count: 200, firstInterrupt: .spi(16, .edgeRising)) {
          VirtioMMIO(.block, at: slot)
        }
      }.machine.tree.flattened()
    }
    #expect(try bytes() == bytes())
  }

  @Test("a clock of 24 MHz that is written out is the one that Arm's peripherals share")
  func ownClock() throws {
    let (_, tree) = try lower {
      FixedClock("apb-pclk", frequency: 24_000_000, outputName: "clk24mhz")
      PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
    }
    let clocks = tree.root.children.filter { $0.property("compatible")?.string == "fixed-clock" }
    #expect(clocks.map(\.name) == ["apb-pclk"])
    let phandle = try #require(tree.node(at: "/apb-pclk")?.property("phandle")?.u32)
    #expect(tree.node(at: "/serial@9000000")?.property("clocks")?.cell(0) == phandle)
    let (_, other) = try lower {
      FixedClock("slow", frequency: 1_843_200)
      PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
    }
    #expect(other.node(at: "/clock-24000000") != nil)
  }
}
