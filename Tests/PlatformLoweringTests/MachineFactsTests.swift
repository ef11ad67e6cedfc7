import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// What the sources of VMMs say, for those whose trees can't be dumped here.
///
/// **Source:** crosvm `docs/book/src/appendix/memory_layout.md` and `aarch64/src/fdt.rs`; Firecracker
/// `src/vmm/src/arch/aarch64/{layout,fdt}.rs` and `gic/`; Cloud Hypervisor
/// `arch/src/aarch64/{layout,fdt}.rs` and `vmm/src/device_manager.rs`; kvmtool
/// `arm/include/arm-common/kvm-arch.h`, `arm/{fdt,gic,timer}.c`, `hw/serial.c`, `virtio/mmio.c`.
@Suite("the address maps of VMMs on KVM")
struct MachineFactsTests {
  /// The cells of a property of a machine with four processors and 1 GiB.
  struct Fact: CustomTestStringConvertible, Sendable {
    var machine: Machine
    var path: String
    var property: String
    var cells: [UInt32]

    init(_ machine: Machine, _ path: String, _ property: String, _ cells: UInt32...) {
      self.machine = machine
      self.path = path
      self.property = property
      self.cells = cells
    }

    var testDescription: String { "\(machine.kind.rawValue) \(path) \(property)" }
  }

  static let all: [Fact] = crosvm + firecracker + cloudHypervisor + kvmtool

  private static let crosvm = [
    Fact(.crosvm(), "/memory@80000000", "reg", 0, 0x8000_0000, 0, 0x4000_0000),
    Fact(
      .crosvm(), "/intc@3fff0000", "reg", 0, 0x3fff_0000, 0, 0x1_0000, 0, 0x3ff7_0000, 0, 0x8_0000),
    Fact(
      .crosvm(gic: .v2), "/intc@3fff0000", "reg", 0, 0x3fff_0000, 0, 0x1_0000, 0, 0x3ffd_0000, 0,
      0x2_0000),
    Fact(.crosvm(), "/timer", "interrupts", 1, 13, 0xf08, 1, 14, 0xf08, 1, 11, 0xf08, 1, 10, 0xf08),
    Fact(.crosvm(), "/U6_16550A@3f8", "reg", 0, 0x3f8, 0, 8),
    Fact(.crosvm(), "/U6_16550A@3f8", "interrupts", 0, 0, 1),
    Fact(.crosvm(), "/U6_16550A@3f8", "clock-frequency", 1_843_200),
    Fact(
      .crosvm(swiotlb: .mib(64)), "/reserved-memory/restricted_dma_reserved", "size", 0,
      0x400_0000),
    Fact(
      .crosvm(swiotlb: .mib(64)), "/reserved-memory/restricted_dma_reserved", "alignment", 0,
      0x1_0000),
    Fact(.crosvm(), "/rtc@2000", "reg", 0, 0x2000, 0, 0x1000),
    Fact(.crosvm(), "/rtc@2000", "interrupts", 0, 1, 4),
    Fact(.crosvm(), "/pclk", "clock-frequency", 3_141_592),
    Fact(.crosvm(), "/vmwdt@3000", "reg", 0, 0x3000, 0, 0x1000),
    Fact(.crosvm(), "/vmwdt@3000", "interrupts", 1, 15, 0xf01),
    Fact(.crosvm(), "/vmwdt@3000", "timeout-sec", 10),
    Fact(.crosvm(), "/chosen", "linux,pci-probe-only", 1),
    Fact(.crosvm(), "/pci@10000", "reg", 0, 0x1_0000, 0, 0x100_0000),
    Fact(.crosvm(), "/pci@10000", "bus-range", 0, 0),
    // 1 GiB of RAM and 8 MiB of devices on no bus end at 0xc080_0000, 40 bits of address at 1 TiB.
    Fact(
      .crosvm(), "/pci@10000", "ranges", 0x0200_0000, 0, 0x0200_0000, 0, 0x0200_0000, 0,
      0x0200_0000, 0x4300_0000, 0, 0xc080_0000, 0, 0xc080_0000, 0xff, 0x3f80_0000),
    Fact(
      .crosvm(physicalAddressBits: 48), "/pci@10000", "ranges", 0x0200_0000, 0, 0x0200_0000, 0,
      0x0200_0000, 0, 0x0200_0000, 0x4300_0000, 0, 0xc080_0000, 0, 0xc080_0000, 0xffff,
      0x3f80_0000),
  ]

  private static let firecracker = [
    Fact(.firecracker(), "/memory@80200000", "reg", 0, 0x8020_0000, 0, 0x3fe0_0000),
    Fact(
      .firecracker(), "/intc@3fff0000", "reg", 0, 0x3fff_0000, 0, 0x1_0000, 0, 0x3ff7_0000, 0,
      0x8_0000),
    Fact(.firecracker(), "/intc@3fff0000", "interrupts", 1, 9, 4),
    Fact(.firecracker(), "/intc@3fff0000/msic@3ff50000", "reg", 0, 0x3ff5_0000, 0, 0x2_0000),
    Fact(
      .firecracker(gic: .v2), "/intc@3ffff000", "reg", 0, 0x3fff_f000, 0, 0x1000, 0, 0x3fff_d000,
      0, 0x2000),
    Fact(.firecracker(gic: .v2), "/intc@3ffff000", "interrupts", 1, 8, 0xf04),
    Fact(.firecracker(), "/timer", "interrupts", 1, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4),
    Fact(.firecracker(), "/cpus", "#address-cells", 2),
    Fact(.firecracker(), "/virtio_mmio@40003000", "reg", 0, 0x4000_3000, 0, 0x1000),
    Fact(.firecracker(), "/virtio_mmio@40003000", "interrupts", 0, 0, 1),
    Fact(.firecracker(), "/virtio_mmio@40004000", "interrupts", 0, 1, 1),
    // Behind the two virtio devices.
    Fact(.firecracker(), "/uart@40002000", "interrupts", 0, 2, 1),
    Fact(.firecracker(), "/rtc@40001000", "reg", 0, 0x4000_1000, 0, 0x1000),
    Fact(.firecracker(), "/apb-pclk", "clock-frequency", 24_000_000),
    Fact(.firecracker(pci: true), "/pci@70000000", "reg", 0, 0x7000_0000, 0, 0x10_0000),
    Fact(.firecracker(pci: true), "/pci@70000000", "bus-range", 0, 0),
    Fact(
      .firecracker(pci: true), "/pci@70000000", "ranges", 0x0200_0000, 0, 0x4000_3000, 0,
      0x4000_3000, 0, 0x2fff_d000, 0x0300_0000, 0x40, 0, 0x40, 0, 0x40, 0),
    Fact(.firecracker(pci: true), "/uart@40002000", "interrupts", 0, 0, 1),
  ]

  private static let cloudHypervisor = [
    Fact(.cloudHypervisor(), "/memory@40000000", "reg", 0, 0x4000_0000, 0, 0x4000_0000),
    Fact(
      .cloudHypervisor(), "/intc@8ff0000", "reg", 0, 0x08ff_0000, 0, 0x1_0000, 0, 0x08f7_0000, 0,
      0x8_0000),
    Fact(.cloudHypervisor(), "/intc@8ff0000", "interrupts", 1, 9, 4),
    Fact(.cloudHypervisor(), "/intc@8ff0000/msic@8f50000", "reg", 0, 0x08f5_0000, 0, 0x2_0000),
    Fact(.cloudHypervisor(), "/pl011@9000000", "reg", 0, 0x0900_0000, 0, 0x1000),
    Fact(.cloudHypervisor(), "/pl011@9000000", "interrupts", 0, 11, 1),
    Fact(.cloudHypervisor(), "/rtc@9010000", "reg", 0, 0x0901_0000, 0, 0x1000),
    Fact(.cloudHypervisor(), "/rtc@9010000", "interrupts", 0, 8, 4),
    Fact(.cloudHypervisor(), "/pl061@9020000", "reg", 0, 0x0902_0000, 0, 0x1000),
    Fact(.cloudHypervisor(), "/pl061@9020000", "interrupts", 0, 9, 1),
    Fact(.cloudHypervisor(), "/gpio-keys/button", "linux,code", 116),
    Fact(.cloudHypervisor(), "/pci@30000000", "reg", 0, 0x3000_0000, 0, 0x10_0000),
    Fact(.cloudHypervisor(), "/pci@30000000", "bus-range", 0, 0),
    // RAM ends below 4 GiB, the tree starts at 8 GiB; what fits below 1 TiB less 0x11_0000, in units of
    // 4 GiB from 4 GiB on.
    Fact(
      .cloudHypervisor(), "/pci@30000000", "ranges", 0x0100_0000, 0, 0, 0, 0x0905_0000, 0, 0x1_0000,
      0x0200_0000, 0, 0x1000_0000, 0, 0x1000_0000, 0, 0x2000_0000, 0x0300_0000, 2, 0, 2, 0, 0xfd,
      0),
  ]

  private static let kvmtool = [
    Fact(.kvmtool(), "/memory@80000000", "reg", 0, 0x8000_0000, 0, 0x4000_0000),
    Fact(
      .kvmtool(), "/intc@3fff0000", "reg", 0, 0x3fff_0000, 0, 0x1_0000, 0, 0x3ff7_0000, 0,
      0x8_0000),
    Fact(.kvmtool(), "/intc@3fff0000/msic@3ff50000", "reg", 0, 0x3ff5_0000, 0, 0x2_0000),
    Fact(
      .kvmtool(gic: .v2), "/intc@3fff0000", "reg", 0, 0x3fff_0000, 0, 0x1_0000, 0, 0x3ffd_0000, 0,
      0x2_0000),
    Fact(.kvmtool(gic: .v2), "/intc@3fff0000/v2m@3ffcf000", "reg", 0, 0x3ffc_f000, 0, 0x1000),
    Fact(
      .kvmtool(gic: .v2), "/timer", "interrupts", 1, 13, 0xf08, 1, 14, 0xf08, 1, 11, 0xf08, 1, 10,
      0xf08),
    Fact(.kvmtool(), "/U6_16550A@1000000", "reg", 0, 0x0100_0000, 0, 8),
    Fact(.kvmtool(), "/U6_16550A@1003000", "interrupts", 0, 3, 4),
    Fact(.kvmtool(), "/virtio@3000000", "reg", 0, 0x0300_0000, 0, 0x200),
    Fact(.kvmtool(), "/virtio@3000200", "interrupts", 0, 5, 1),
    Fact(.kvmtool(), "/psci", "cpu_on", 0xc400_0003),
    Fact(.kvmtool(), "/rtc@1010000", "reg", 0, 0x0101_0000, 0, 2),
    Fact(.kvmtool(), "/chosen", "linux,pci-probe-only", 1),
    Fact(.kvmtool(), "/pci@40000000", "reg", 0, 0x4000_0000, 0, 0x1000_0000),
    Fact(.kvmtool(), "/pci@40000000", "bus-range", 0, 0),
    Fact(
      .kvmtool(), "/pci@40000000", "ranges", 0x0100_0000, 0, 0, 0, 0, 0, 0x1_0000, 0x0200_0000, 0,
      0x5000_0000, 0, 0x5000_0000, 0, 0x3000_0000),
  ]

  private func tree(_ machine: Machine, cpus: Int = 4, memory: ByteCount = .gib(1)) throws
    -> FlattenedTree
  {
    let hasSlots =
      machine.kind == .kvmtool || machine.kind == .firecracker && machine.pci != true
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: machine, cpus: cpus, memory: memory) {
          for _ in 0..<(hasSlots ? 2 : 0) { VirtioMMIO(.block) }
        }
      })
    #expect(lowering.mistakes == [])
    return try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
  }

  @Test("have each figure that the VMM's sources have", arguments: all)
  func figure(fact: Fact) throws {
    let property = try #require(
      try tree(fact.machine).node(at: fact.path)?.property(fact.property))
    #expect((0..<property.cellCount).map { property.cell($0) } == fact.cells)
  }

  @Test(
    "number processors as KVM does, and name them as the VMM does",
    arguments: [
      (Machine.crosvm(), "/cpus/cpu@100", [UInt32(0x100)]),
      (.firecracker(), "/cpus/cpu@10", [0, 0x100]),
      (.cloudHypervisor(), "/cpus/cpu@10", [0x100]), (.kvmtool(), "/cpus/cpu@100", [0x100]),
    ])
  func processors(machine: Machine, path: String, reg: [UInt32]) throws {
    let tree = try tree(machine, cpus: 17)
    let property = try #require(tree.node(at: path)?.property("reg"))
    #expect((0..<property.cellCount).map { property.cell($0) } == reg)
  }

  @Test("divide the RAM of Cloud Hypervisor around the hole below 4 GiB")
  func hole() throws {
    let tree = try tree(.cloudHypervisor(), memory: .gib(4))
    let low = try #require(tree.node(at: "/memory@40000000")?.property("reg"))
    let high = try #require(tree.node(at: "/memory@100000000")?.property("reg"))
    #expect(low.number(at: 2, cells: 2) == 0xbc00_0000)
    #expect(high.number(at: 2, cells: 2) == 0x4400_0000)
  }

  @Test("start the window of Cloud Hypervisor's PCI behind RAM that ends above 8 GiB")
  func windowBehindMemory() throws {
    let tree = try tree(.cloudHypervisor(), memory: .gib(16))
    let ranges = try #require(tree.node(at: "/pci@30000000")?.property("ranges"))
    // RAM is 0xbc00_0000 below the hole, the rest above 4 GiB.
    #expect(ranges.number(at: 15, cells: 2) == 0x4_4400_0000)
    #expect(ranges.number(at: 19, cells: 2) == 0xfb_0000_0000)
  }

  /// The rows of `interrupt-map`: the cell of the slot, and the number of the SPI.
  private func pins(
    _ machine: Machine, @ComponentBuilder _ elements: () -> [Element]
  ) throws -> [[UInt32]] {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: machine, cpus: 1, memory: .gib(1)) { elements() }
      })
    #expect(lowering.mistakes == [])
    let tree = try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
    let host = try #require(tree.nodes.first { $0.property("device_type")?.string == "pci" })
    let map = try #require(host.property("interrupt-map"))
    return stride(from: 0, to: map.cellCount, by: 10).map { row in
      [0, 8, 9].compactMap { map.cell(row + $0) }
    }
  }

  @Test("give the devices on PCI the next interrupts, around those that they state")
  func deviceInterrupts() throws {
    let onCrosvm = try pins(.crosvm()) {
      PCIHostBridge {
        VirtioPCI(.console(), slot: 1)
        VirtioPCI(.block, slot: 5)
        VirtioPCI(.block, slot: 3, function: 0, interrupt: .spi(6, .levelHigh))
        VirtioPCI(.block, slot: 3, function: 1)
        VirtioIOMMU(slot: 4)
      }
    }
    #expect(onCrosvm == [[0x800, 4, 4], [0x1800, 6, 4], [0x2000, 7, 4], [0x2800, 5, 4]])
    let onKvmtool = try pins(.kvmtool()) {
      VirtioMMIO(.block)
      VirtioMMIO(.block)
      PCIHostBridge { VirtioPCI(.block, slot: 0) }
    }
    #expect(onKvmtool == [[0, 6, 4]])
  }

  @Test("have crosvm's pool on its PCI host, unless the host names another")
  func pool() throws {
    let other = RestrictedDMAPool("other", at: 0x9000_0000, size: .mib(8))
    func region(_ host: PCIHostBridge?) throws -> String? {
      let lowering = Lowering(
        Platform("p") {
          VirtualMachine("guest", on: .crosvm(swiotlb: .mib(64)), cpus: 1, memory: .gib(1)) {
            other
            if let host { host }
          }
        })
      #expect(lowering.mistakes == [])
      let machine = try #require(lowering.machines.first)
      return machine.references.first { $0.property == "memory-region" }?.target
    }
    let own = "/reserved-memory/restricted_dma_reserved"
    #expect(try region(nil) == own)
    #expect(try region(PCIHostBridge {}) == own)
    #expect(try region(PCIHostBridge(memoryRegion: other)) == "/reserved-memory/other@90000000")
  }

  @Test("have the console on the first serial port, and one of the description's before it")
  func console() throws {
    #expect(
      try tree(.kvmtool()).node(at: "/chosen")?.property("stdout-path")?.string
        == "/U6_16550A@1000000")
    let uart = PL011(at: 0x0200_0000, interrupt: .spi(40, .levelHigh))
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .crosvm(), cpus: 1, memory: .gib(1)) {
          uart
          Chosen(stdout: uart)
        }
      })
    let tree = try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
    #expect(
      tree.node(at: "/chosen")?.property("stdout-path")?.string == "/serial@2000000")
  }
}
