import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// A device of a VMM's machine that a description has itself.
@Suite("a device that the machine has, said once more")
struct ReplacedPartTests {
  private func lowering(
    _ machine: Machine, @ComponentBuilder _ elements: () -> [Element]
  ) -> Lowering {
    Lowering(
      Platform("p") {
        VirtualMachine("guest", on: machine, cpus: 1, memory: .gib(1)) { elements() }
      })
  }

  private func tree(
    _ machine: Machine, @ComponentBuilder _ elements: () -> [Element] = { [] }
  ) throws -> FlattenedTree {
    let lowering = lowering(machine, elements)
    #expect(lowering.mistakes == [])
    return try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
  }

  @Test("takes the place of the machine's, and leaves the tree as it was")
  func same() throws {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let again = try tree(.qemuVirt(gic: .v3)) {
      PL011(at: 0x0900_0000, interrupt: .spi(1, .levelHigh))
      PL031(at: 0x0901_0000, interrupt: .spi(2, .levelHigh))
      FwCfg(at: 0x0902_0000)
      gpio
      GPIOKeys {
        GPIOKey("poweroff", code: 116, label: "GPIO Key Poweroff", gpio: gpio.line(3))
      }
      Flash(banks: [
        AddressRange(at: 0, size: .mib(64)), AddressRange(at: 0x0400_0000, size: .mib(64)),
      ])
      PCIHostBridge()
    }
    let (mine, machines) = (NodeTable(again), NodeTable(try tree(.qemuVirt(gic: .v3))))
    #expect(Set(mine.paths) == Set(machines.paths))
    for path in machines.paths { #expect(mine[path] == machines[path]) }
  }

  @Test("on riscv64, on its bus")
  func riscv64() throws {
    let test = SiFiveTest(at: 0x0010_0000)
    let again = try tree(.qemuVirtRISCV64()) {
      NS16550(
        at: 0x1000_0000, interrupt: .source(10, .levelHigh), clockFrequency: 3_686_400)
      GoldfishRTC(at: 0x0010_1000, interrupt: .source(11, .levelHigh))
      test
      SysconPoweroff(regmap: test)
      PCIHostBridge()
    }
    let (mine, machines) = (NodeTable(again), NodeTable(try tree(.qemuVirtRISCV64())))
    #expect(Set(mine.paths) == Set(machines.paths))
    for path in machines.paths { #expect(mine[path] == machines[path]) }
  }

  @Test("is what the machine's other parts refer to")
  func references() throws {
    // The machine's own keys are on it, and its own port has its clock.
    let keys = try tree(.qemuVirt(gic: .v2)) {
      PL061(at: 0x0903_0000, interrupt: .spi(7, .edgeRising)).labelled(Label("gpio"))
    }
    let gpio = try #require(keys.node(at: "/pl061@9030000"))
    #expect(gpio.property("interrupts")?.cell(2) == 1)
    #expect(
      keys.node(at: "/gpio-keys/poweroff")?.property("gpios")?.cell(0)
        == gpio.property("phandle")?.u32)
    let clocked = try tree(.firecracker()) {
      FixedClock("apb-pclk", frequency: 24_000_000, outputName: "clock")
    }
    let clock = try #require(clocked.node(at: "/apb-pclk")?.property("phandle")?.u32)
    #expect(clocked.node(at: "/uart@40002000")?.property("clocks")?.u32 == clock)
    #expect(clocked.node(at: "/rtc@40001000")?.property("clocks")?.u32 == clock)
  }

  @Test("has to be of the same kind at the same place")
  func others() throws {
    let beside = try tree(.qemuVirt(gic: .v3)) {
      PL031(at: 0x0a10_0000, interrupt: .spi(60, .levelHigh))
      PCIHostBridge(ecam: 0x4000_0000_0000, buses: 0...0) {
        Window(.memory32, at: 0x0b00_0000, size: .mib(1))
      }
    }
    for path in ["/pl031@9010000", "/pl031@a100000", "/pcie@10000000", "/pcie@b000000"] {
      #expect(beside.node(at: path) != nil, "\(path)")
    }
    #expect(beside.node(at: "/pcie@b000000")?.property("linux,pci-domain")?.u32 == 1)
  }

  @Test("is a mistake where it is a processor, memory or an interrupt controller")
  func noDevices() {
    let mistakes = lowering(.qemuVirt(gic: .v3)) {
      CPUs(2)
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
      PSCI(.v1, method: .hvc)
      ArchTimer()
    }.mistakes
    #expect(mistakes.map(\.id) == Array(repeating: "description/stated-twice", count: 4))
    let memory = lowering(.qemuVirt(gic: .v3)) { Memory(at: 0x4000_0000, size: .gib(1)) }
    #expect(memory.mistakes.map(\.id) == ["description/duplicate-node"])
  }
}
