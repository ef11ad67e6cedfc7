import PlatformDescription
import PlatformLowering
import Testing

/// What was asked of a machine or of its controllers that can't be, with the line.
@Suite("mistakes about machines and interrupt controllers")
struct MachineMistakeTests {
  private static let cpus = CPUs(
    2, isa: "rv64imac", mmuType: .sv48, timebaseFrequency: 10_000_000)

  private func ids(
    _ architecture: Architecture, @ComponentBuilder _ elements: () -> [Element]
  ) -> [String] {
    Lowering(
      Platform("p") { VirtualMachine("guest", architecture: architecture) { elements() } }
    ).mistakes.map(\.id)
  }

  @Test("parts of another architecture")
  func otherArchitecture() {
    let other = "description/other-architecture"
    // Outside of #expect, where every line would be that of the macro.
    let onRISCV = ids(.riscv64) {
      GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
      GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000)
      PSCI(method: .hvc)
      ArchTimer()
      CPUs(1)
    }
    #expect(onRISCV == Array(repeating: other, count: 5))
    let onArm = ids(.arm64) {
      Self.cpus
      PLIC(at: 0x0c00_0000, sources: 31)
      CLINT(at: 0x0200_0000)
      APLIC(.machine, at: 0x0c00_0000, sources: 31)
      IMSIC(.machine, at: 0x2400_0000)
    }
    #expect(onArm == Array(repeating: other, count: 5))
  }

  @Test(
    "an interrupt that the controller doesn't have",
    arguments: [
      Interrupt.source(0, .levelHigh), .source(32, .levelHigh), .source(.min, .levelHigh),
      .spi(1, .levelHigh), .ppi(11, .levelHigh),
    ])
  func noSuchSource(interrupt: Interrupt) {
    let id = "description/no-such-interrupt"
    #expect(
      ids(.riscv64) {
        Self.cpus
        PLIC(at: 0x0c00_0000, sources: 31)
        Node("thing", interrupt: interrupt)
      } == [id])
    #expect(
      ids(.riscv64) {
        Self.cpus
        APLIC(.supervisor, at: 0x0d00_0000, sources: 31)
        Node("thing", interrupt: interrupt)
      } == [id])
  }

  @Test("an interrupt source on a GIC")
  func sourceOnGIC() {
    #expect(
      ids(.arm64) {
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
        Node("thing", interrupt: .source(1, .levelHigh))
      } == ["description/no-such-interrupt"])
  }

  @Test(
    "a trigger that a PLIC can't be told",
    arguments: [Interrupt.Trigger.edgeRising, .edgeFalling, .levelLow])
  func trigger(trigger: Interrupt.Trigger) {
    #expect(
      ids(.riscv64) {
        Self.cpus
        PLIC(at: 0x0c00_0000, sources: 31)
        Node("thing", interrupt: .source(1, trigger))
      } == ["description/no-such-trigger"])
  }

  @Test("controllers without harts")
  func noHarts() {
    #expect(
      ids(.riscv64) {
        PLIC(at: 0x0c00_0000, sources: 31)
        CLINT(at: 0x0200_0000)
        IMSIC(.machine, at: 0x2400_0000)
      } == Array(repeating: "description/no-processors", count: 3))
  }

  @Test("two controllers that devices could be wired to")
  func twoControllers() {
    #expect(
      ids(.riscv64) {
        Self.cpus
        PLIC(at: 0x0c00_0000, sources: 31)
        APLIC(.supervisor, at: 0x0d00_0000, sources: 31)
      } == ["description/stated-twice"])
    #expect(
      ids(.riscv64) {
        Self.cpus
        APLIC(.machine, at: 0x0c00_0000, sources: 31)
        APLIC(.machine, at: 0x0d00_0000, sources: 31)
      } == ["description/stated-twice"])
  }

  @Test("numbers that no controller has", arguments: [Int.min, -1, 0, 1024, .max])
  func sources(sources: Int) {
    let id = "description/out-of-range"
    #expect(
      ids(.riscv64) {
        Self.cpus
        PLIC(at: 0x0c00_0000, sources: sources)
        Node("thing", interrupt: .source(1, .levelHigh))
      } == [id])
    #expect(
      ids(.riscv64) {
        Self.cpus
        APLIC(.machine, at: 0x0c00_0000, sources: sources)
      } == [id])
  }

  @Test(
    "numbers that no IMSIC has",
    arguments: [
      (62, 0), (64, 0), (2048, 0), (4095, 0), (-1, 0), (.max, 0), (255, -1), (255, 8),
      (255, .max), (255, .min),
    ])
  func imsic(identities: Int, bits: Int) {
    #expect(
      ids(.riscv64) {
        Self.cpus
        IMSIC(.machine, at: 0x2400_0000, identities: identities, guestIndexBits: bits)
      } == ["description/out-of-range"])
  }

  @Test("a timebase that can't be written", arguments: [Int.min, 0, 1 << 32, .max])
  func timebase(frequency: Int) {
    #expect(
      ids(.riscv64) {
        CPUs(1, isa: "rv64i", mmuType: .sv48, timebaseFrequency: frequency)
      } == ["description/out-of-range"])
  }

  @Test("as many harts as nobody has", arguments: [Int.min, 0, 4097, .max])
  func harts(count: Int) {
    #expect(
      ids(.riscv64) {
        CPUs(count, isa: "rv64i", mmuType: .sv48, timebaseFrequency: 1)
        CLINT(at: 0x0200_0000)
      }.contains("description/too-many-cpus"))
  }

  private func ids(_ machine: Machine, cpus: Int = 1, memory: ByteCount = .gib(1)) -> [String] {
    Lowering(
      Platform("p") { VirtualMachine("guest", on: machine, cpus: cpus, memory: memory) }
    ).mistakes.map(\.id)
  }

  @Test(
    "more processors than a machine has room for",
    arguments: [
      (Machine.crosvm(), 513), (.crosvm(gic: .v2), 9), (.firecracker(), 33),
      (.cloudHypervisor(), 513), (.kvmtool(), 513), (.kvmtool(gic: .v2), 9),
      (.qemuVirt(gic: .v3), 513), (.qemuVirtRISCV64(), 513), (.crosvm(), .max), (.crosvm(), .min),
      (.firecracker(), 0),
    ])
  func processors(machine: Machine, cpus: Int) {
    #expect(ids(machine, cpus: cpus) == ["description/too-many-cpus"])
  }

  @Test(
    "more memory than a machine's map has room for",
    arguments: [
      (Machine.firecracker(), ByteCount.gib(255)), (.qemuVirt(gic: .v3, highmem: false), .gib(4)),
      (.crosvm(), .gib(1 << 18)), (.cloudHypervisor(), .gib(1 << 18)),
      (.kvmtool(), .bytes(.max)), (.qemuVirt(gic: .v4), .bytes(.max)),
      (.qemuVirtRISCV64(), .bytes(.max)), (.cloudHypervisor(), .bytes(.max)),
    ])
  func memory(machine: Machine, memory: ByteCount) {
    #expect(ids(machine, memory: memory) == ["description/memory-beyond-map"])
  }

  @Test(
    "less memory than a machine keeps for itself",
    arguments: [
      (Machine.firecracker(), ByteCount.mib(2)), (.firecracker(), .bytes(0)),
      (.qemuVirt(gic: .v3), .bytes(0)),
    ])
  func tooLittle(machine: Machine, memory: ByteCount) {
    #expect(ids(machine, memory: memory) == ["description/too-little-memory"])
  }

  @Test(
    "a version of the GIC that the VMM hasn't",
    arguments: [Machine.crosvm(gic: .v4), .firecracker(gic: .v4), .kvmtool(gic: .v4)])
  func noGICv4(machine: Machine) {
    #expect(ids(machine) == ["description/no-such-option"])
  }

  @Test("bits of an address that there can't be", arguments: [Int.min, 0, 33, 53, .max])
  func addressBits(bits: Int) {
    #expect(ids(.crosvm(physicalAddressBits: bits)) == ["description/out-of-range"])
    #expect(ids(.cloudHypervisor(physicalAddressBits: bits)) == ["description/out-of-range"])
  }

  @Test("more memory than the bits of an address reach")
  func beyondBits() {
    #expect(ids(.crosvm(), memory: .gib(1022)) == ["description/memory-beyond-map"])
    #expect(ids(.crosvm(physicalAddressBits: 42), memory: .gib(1022)) == [])
    #expect(ids(.cloudHypervisor(), memory: .gib(1024)) == ["description/memory-beyond-map"])
    #expect(ids(.cloudHypervisor(physicalAddressBits: 48), memory: .gib(1024)) == [])
  }

  @Test("a virtio-mmio device without a place, on a machine of PCI alone")
  func noSlots() {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .crosvm(), cpus: 1, memory: .gib(1)) { VirtioMMIO(.block) }
      })
    #expect(lowering.mistakes.map(\.id) == ["description/no-place"])
    #expect(lowering.mistakes.first?.help?.contains("PCI") == true)
  }

  @Test("a model whose machine is of another architecture than it says")
  func contradiction() throws {
    let model = """
      {"schemaVersion": 1, "name": "p", "virtualMachines": [{"name": "g", "architecture": "arm64",
       "machine": {"kind": "qemuVirtRISCV64", "gic": "v3", "cpuCompatible": "riscv", "cpus": 1,
       "memory": "0x10000000"}, "elements": [],
       "declaration": {"allowances": [], "additions": []}}]}
      """
    let lowering = Lowering(try Platform(json: Array(model.utf8)))
    #expect(
      lowering.mistakes.map(\.id) == [
        "description/other-architecture", "description/no-such-option",
      ])
  }

  @Test(
    "an option that the machine hasn't, in a model",
    arguments: [
      ("firecracker", #""its": true"#), ("crosvm", #""highmem": false"#),
      ("kvmtool", #""swiotlb": "0x100000""#), ("qemuVirt", #""isa": "rv64i""#),
      ("cloudHypervisor", #""interruptController": "plic""#), ("crosvm", #""firmware": true"#),
      ("kvmtool", #""virtualization": false"#), ("qemuVirt", #""pci": true"#),
      ("firecracker", #""physicalAddressBits": 40"#),
    ])
  func noSuchOption(kind: String, option: String) throws {
    let model = """
      {"schemaVersion": 1, "name": "p", "virtualMachines": [{"name": "g", "architecture": "arm64",
       "machine": {"kind": "\(kind)", \(option), "cpuCompatible": "arm,armv8", "cpus": 1,
       "memory": "0x10000000"}, "elements": [],
       "declaration": {"allowances": [], "additions": []}}]}
      """
    let lowering = Lowering(try Platform(strictJSON: Array(model.utf8)))
    #expect(lowering.mistakes.map(\.id) == ["description/no-such-option"])
  }

  @Test("memory that no machine has")
  func impossibleMemory() {
    let id = "description/impossible-memory"
    func found(_ at: GuestAddress, _ size: ByteCount) -> [String] {
      ids(.arm64) {
        Memory(at: 0x4000_0000, size: .mib(512))
        Memory(at: at, size: size)
      }
    }
    #expect(found(0x8000_0000, .bytes(0)) == [id])
    #expect(found(0xffff_ffff_ffff_0000, .mib(512)) == [id])
    #expect(found(0x10_0000_0000_0000, .gib(4)) == [id])
    #expect(found(0x8000_0001, .bytes(12_345)) == [id])
    #expect(found(0x5000_0000, .mib(512)) == [id])
    #expect(found(0x6000_0000, .mib(512)) == [])
  }

  @Test("what leaves the 64 bits of an address")
  func beyondAddresses() {
    let found = ids(.arm64) {
      MemoryReservation(at: 0xffff_ffff_ffff_f000, size: .mib(9))
      Node("a", at: 0xffff_ffff_ffff_ffff, size: .gib(99))
      MemoryReservation(at: 0xffff_ffff_ffff_f000, size: .kib(4))
    }
    #expect(found == Array(repeating: "description/beyond-addresses", count: 2))
  }

  @Test(
    "windows of a bus that lead nowhere",
    arguments: [
      ([Bus.Range(child: 0, parent: 0x2000_0000, size: .bytes(0))], "impossible-window"),
      (
        [Bus.Range(child: 0, parent: 0xffff_ffff_ffff_0000, size: .mib(16))], "impossible-window"
      ),
      (
        [
          Bus.Range(child: 0, parent: 0x2000_0000, size: .mib(4)),
          Bus.Range(child: 0x1000, parent: 0x3000_0000, size: .mib(4)),
        ], "impossible-window"
      ),
      ([Bus.Range(child: 0, parent: 0x2000_0000, size: .kib(4))], "outside-of-windows"),
    ])
  func windows(ranges: [Bus.Range], id: String) {
    let found = ids(.arm64) {
      Bus("soc", ranges: ranges) { Node("uart", at: 0x1_0000, size: .kib(4)) }
    }
    #expect(Set(found).contains("description/" + id))
    let bus = ids(.arm64) {
      Bus("soc", ranges: [Bus.Range(child: 0, parent: 0x2000_0000, size: .mib(4))]) {
        Node("uart", at: 0x1_0000, size: .kib(4))
      }
    }
    #expect(bus == [])
  }

  @Test("a name of a core that is none", arguments: ["", "a\0b"])
  func core(compatible: String) {
    let found = ids(.arm64) { CPUs(1, compatible: compatible) }
    #expect(found == ["description/invalid-text"])
  }

  @Test("nodes that are nested deeper than a guest reads")
  func depth() {
    func nested(_ levels: Int) -> PlatformDescription.Node {
      var node = Node("n")
      for _ in 1..<levels { node.content = [.node(node)] }
      return node
    }
    let deepest = nested(63)
    let tooDeep = nested(100)
    #expect(ids(.arm64) { deepest } == [])
    #expect(ids(.arm64) { tooDeep } == ["description/too-deep"])
  }

  @Test("Firecracker's PCI behind a controller that takes no messages")
  func messages() {
    let machine = VirtualMachine(
      "guest", on: .firecracker(gic: .v2, pci: true), cpus: 1, memory: .mib(512)
    ) {}
    #expect(
      Lowering(Platform("p") { machine }).mistakes.map(\.id) == ["description/no-such-option"])
  }
}
