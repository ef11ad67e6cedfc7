import DTGenTestSupport
import PlatformDescription
import PlatformLowering
import Testing

/// What a description says and no tree can express is collected, with the line.
@Suite("mistakes in a description")
struct MistakeTests {
  private let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))

  /// A machine with an interrupt controller and whatever is in braces.
  private func mistakes(
    @ComponentBuilder _ elements: () -> [Element]
  ) -> [Mistake] {
    Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          elements()
        }
      }
    ).mistakes
  }

  @Test("a region that is used and not placed")
  func regionNotPlaced() {
    let line = #line + 3
    let mistakes = mistakes {
      Memory(at: 0x4000_0000, size: .gib(1))
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
    }
    #expect(mistakes.map(\.id) == ["description/region-not-placed"])
    #expect(mistakes.first?.location?.line == line)
    #expect(mistakes.first?.location?.file == #filePath)
  }

  @Test("another region of the name that is meant")
  func otherRegion() {
    let other = RestrictedDMAPool("bounce", at: 0x5e00_0000, size: .mib(8))
    let mistakes = mistakes {
      Memory(at: 0x4000_0000, size: .gib(1)) { other }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), memoryRegion: pool)
    }
    #expect(mistakes.map(\.id) == ["description/other-region"])
    #expect(mistakes.first?.related.count == 2)
  }

  @Test("two regions of one name")
  func twoRegions() {
    let mistakes = mistakes {
      Memory(at: 0x4000_0000, size: .gib(1)) {
        pool
        ReservedMemory("bounce", at: 0x5000_0000, size: .mib(1))
      }
    }
    #expect(mistakes.map(\.id) == ["description/duplicate-name"])
  }

  @Test(
    "an interrupt that no GIC has",
    arguments: [
      Interrupt.spi(988, .levelHigh), .spi(-1, .levelHigh), .ppi(16, .levelHigh),
      .spi(.max, .levelHigh),
    ])
  func noSuchInterrupt(interrupt: Interrupt) {
    let mistakes = mistakes { PL011(at: 0x900_0000, interrupt: interrupt) }
    #expect(mistakes.map(\.id) == ["description/no-such-interrupt"])
  }

  @Test("interrupts without a controller")
  func noController() {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
        }
      })
    #expect(lowering.mistakes.map(\.id) == ["description/no-interrupt-controller"])
    #expect(lowering.machines.isEmpty)
  }

  @Test("things that a machine has one of")
  func statedTwice() {
    let mistakes = mistakes {
      CPUs(1)
      CPUs(2)
      PSCI(method: .hvc)
      PSCI(method: .smc)
      ArchTimer()
      ArchTimer()
      Chosen()
      Chosen()
      GICv2(distributor: 0x0900_0000, cpuInterface: 0x0901_0000)
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/stated-twice", count: 5))
    #expect(mistakes.allSatisfy { $0.related.count == 1 })
  }

  @Test("a number of processors that no machine has", arguments: [0, -1, 4097, Int.max])
  func processors(count: Int) {
    #expect(mistakes { CPUs(count) }.map(\.id) == ["description/too-many-cpus"])
  }

  @Test("nine processors on a GICv2")
  func nineOnGICv2() {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000)
          CPUs(9)
        }
      })
    #expect(lowering.mistakes.map(\.id) == ["description/too-many-cpus"])
  }

  @Test("a device without a place, on a machine without slots")
  func noPlace() {
    #expect(mistakes { VirtioMMIO(.block) }.map(\.id) == ["description/no-place"])
  }

  @Test("two devices at one address")
  func duplicateNode() {
    let mistakes = mistakes {
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising))
      VirtioMMIO(.network(), at: 0xa00_0000, interrupt: .spi(17, .edgeRising))
    }
    #expect(mistakes.map(\.id) == ["description/duplicate-node"])
  }

  @Test("a reference to something that is no part of the machine")
  func unknownReference() {
    let elsewhere = PL011(at: 0x900_0000, interrupt: .spi(1, .levelHigh))
    let mistakes = mistakes {
      Alias("serial0", for: elsewhere)
      Chosen(stdout: elsewhere)
      Node("thing") { Property("link", .phandle(elsewhere)) }
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/unknown-reference", count: 3))
  }

  @Test("a reference to one of several things that one line made")
  func ambiguousReference() {
    var devices: [VirtioMMIO] = []
    for _ in 0..<2 { devices.append(VirtioMMIO(.block)) }
    let first = devices[0]
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        devices
        Alias("disk0", for: first)
      }
    }
    #expect(Lowering(platform).mistakes.map(\.id) == ["description/ambiguous-reference"])
  }

  @Test(
    "names that no tree can carry",
    arguments: [
      "", "a/b", "a@b", "näme", "name with spaces", String(repeating: "n", count: 256),
    ]
  )
  func names(name: String) {
    let mistakes = mistakes {
      Node(name)
      Node("fine") { Property(name, 1) }
      Memory(at: 0x4000_0000, size: .gib(1)) {
        ReservedMemory(name, at: 0x4000_0000, size: .mib(1))
      }
      Bus(name) {}
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/invalid-name", count: 4))
  }

  @Test("text with a NUL in it")
  func text() {
    let mistakes = mistakes {
      Chosen(bootArguments: "a\0b")
      Node("thing") { Property("label", "a\0b") }
    }
    #expect(mistakes.map(\.id) == Array(repeating: "description/invalid-text", count: 2))
  }

  @Test("things that don't belong on a bus")
  func misplaced() {
    let mistakes = mistakes { Bus("soc") { Memory(at: 0, size: .mib(1)) } }
    #expect(mistakes.map(\.id) == ["description/misplaced"])
  }

  @Test("a property stated twice, but one that replaces what a noun wrote is meant")
  func properties() {
    let mistakes = mistakes {
      Node("thing") {
        Property("a", 1)
        Property("a", 2)
      }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising)).adding {
        Property("compatible", "example,other", "virtio,mmio")
      }
    }
    #expect(mistakes.map(\.id) == ["description/stated-twice"])
  }

  @Test("names for another number of regions")
  func namesAndRegions() {
    let mistakes = mistakes {
      Memory(at: 0x4000_0000, size: .gib(1)) { pool }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising))
        .memoryRegion([pool], names: ["dma", "heap"])
    }
    #expect(mistakes.map(\.id) == ["description/names-and-regions"])
  }

  @Test("a platform without machines, and machines whose names no file can have")
  func machines() {
    #expect(Lowering(Platform("p") {}).mistakes.map(\.id) == ["description/no-machine"])
    let platform = Platform("p") {
      for name in ["", "../guest", "a b", ".hidden", "-o"] {
        VirtualMachine(name, on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(128))
      }
      VirtualMachine("twin", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(128))
      VirtualMachine("twin", on: .qemuVirt(gic: .v3), cpus: 1, memory: .mib(128))
      VirtualMachine("big", on: .qemuVirt(gic: .v3), cpus: 513, memory: .mib(128))
    }
    #expect(
      Lowering(platform).mistakes.map(\.id)
        == Array(repeating: "description/invalid-name", count: 5) + [
          "description/duplicate-name", "description/too-many-cpus",
        ])
  }

  @Test("every mistake is said in one style: lower case, no full stop")
  func style() {
    for mistake in mistakes({
      CPUs(0)
      VirtioMMIO(.block)
      Bus("a b") {}
    }) {
      #expect(mistake.message.last != ".")
      #expect(mistake.message.first?.isUppercase == false)
    }
  }
}
