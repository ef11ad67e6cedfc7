import PlatformDescription
import PlatformLowering
import Testing

/// What no tree can express about PCI and IOMMUs is collected, with the line.
@Suite("mistakes about PCI and IOMMUs")
struct PCIMistakeTests {
  /// The ids of the mistakes, and whether each has its place.
  private func mistakes(@ComponentBuilder _ elements: () -> [Element]) -> [String] {
    let mistakes = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
          elements()
        }
      }
    ).mistakes
    #expect(mistakes.allSatisfy { $0.location?.file == #filePath })
    return mistakes.map(\.id)
  }

  /// The same for what is in a host of four buses.
  private func mistakesInHost(@PCIHostBuilder _ content: () -> [PCIContent]) -> [String] {
    let host = PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...3, content)
    return mistakes { host }
  }

  @Test(
    "a slot or a function that no bus has",
    arguments: [(32, 0), (-1, 0), (1, 8), (1, -1), (.max, .max)])
  func noSuchFunction(slot: Int, function: Int) {
    let expected = Array(repeating: "description/no-such-function", count: 4)
    // Outside of #expect, where every line would be that of the macro.
    let found = mistakesInHost {
      VirtioPCI(.block, slot: slot, function: function)
      VirtioIOMMU(slot: slot, function: function)
      PCIFunction("dev", slot: slot, function: function, vendorID: 1, deviceID: 1)
      PCIBridge(slot: slot, function: function, buses: 1...1)
    }
    #expect(found == expected)
  }

  @Test("two functions at one address, and at one of two buses")
  func duplicateFunction() {
    #expect(
      mistakesInHost {
        VirtioPCI(.block, slot: 1)
        VirtioIOMMU(slot: 1)
        PCIBridge(slot: 2, buses: 1...1) { VirtioPCI(.block, slot: 1) }
      } == ["description/duplicate-function"])
  }

  @Test("buses that don't exist, or that aren't behind the bridge")
  func buses() {
    func host(_ buses: ClosedRange<Int>) -> [String] {
      mistakes { PCIHostBridge(cam: 0x1_0000, buses: buses) {} }
    }
    #expect(host(0...256) == ["description/no-such-bus"])
    #expect(host(-1...0) == ["description/no-such-bus"])
    #expect(host(Int.min...Int.max) == ["description/no-such-bus"])
    #expect(host(255...255) == [])
    let twice = ["description/no-such-bus", "description/no-such-bus"]
    #expect(
      mistakesInHost {
        PCIBridge(slot: 1, buses: 4...4)
        PCIBridge(slot: 2, buses: 0...1)
      } == twice)
    #expect(
      mistakesInHost {
        PCIBridge(slot: 1, buses: 1...2) { PCIBridge(slot: 0, buses: 2...2) }
        PCIBridge(slot: 2, buses: 2...3)
      } == ["description/duplicate-bus"])
  }

  @Test("a bus range in a model that is upside down")
  func upsideDown() {
    var host = PCIHostBridge(cam: 0x1_0000, buses: 0...3) { PCIBridge(slot: 1, buses: 1...1) }
    host.configurationSpace?.buses = PCIBusRange(first: 3, last: 0)
    #expect(mistakes { host } == ["description/no-such-bus"])
  }

  @Test("configuration space without room")
  func configurationSpace() {
    #expect(
      mistakes {
        PCIHostBridge(ecam: 0x40_1000_0000, size: .mib(3), buses: 0...3) {}
        PCIHostBridge(cam: 0x1_0000, size: .kib(64), buses: 0...0) {}
      } == ["description/configuration-space-too-small"])
  }

  @Test(
    "a window that is no window",
    arguments: [
      (Window(.memory32, at: 0x1000_0000, size: .bytes(0)), "empty-window"),
      (Window(.memory64, at: 0xffff_ffff_ffff_f000, size: .kib(8)), "window-wraps"),
      (Window(.memory64, at: 0, size: .kib(8), busAddress: 0xffff_ffff_ffff_f000), "window-wraps"),
      (Window(.memory32, at: 0x1_0000_0000, size: .mib(1)), "window-beyond-32-bits"),
      (Window(.memory32, at: 0xfff0_0000, size: .mib(2)), "window-beyond-32-bits"),
      (Window(.io, at: 0, size: .kib(64), busAddress: 0xffff_ffff), "window-beyond-32-bits"),
      (Window(.io, at: 0, size: .kib(64), prefetchable: true), "prefetchable-ports"),
    ])
  func windows(window: Window, id: String) {
    #expect(mistakesInHost { window } == ["description/\(id)"])
  }

  @Test("a window at the very end")
  func lastWindow() {
    #expect(
      mistakesInHost {
        Window(.memory32, at: 0xfff0_0000, size: .mib(1))
        Window(.memory32, at: 0x40_0000_0000, size: .mib(1), busAddress: 0xffe0_0000)
        Window(.memory64, at: 0xffff_ffff_ffff_0000, size: .kib(64))
      } == [])
  }

  @Test("interrupts without a controller, and said twice")
  func interrupts() {
    let withoutController = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          PCIHostBridge(cam: 0x1_0000, buses: 0...0, firstInterrupt: .spi(3, .levelHigh)) {}
        }
      })
    #expect(withoutController.mistakes.map(\.id) == ["description/no-interrupt-controller"])
    #expect(
      mistakes {
        PCIHostBridge(cam: 0x1_0000, buses: 0...0, firstInterrupt: .spi(3, .levelHigh)) {
          VirtioPCI(.block, slot: 1, interrupt: .spi(4, .levelHigh))
        }
      } == ["description/stated-twice"])
    #expect(
      mistakesInHost {
        VirtioPCI(.block, slot: 1, interrupt: .spi(4, .levelHigh))
        VirtioPCI(.block, slot: 1, function: 1, interrupt: .spi(5, .levelHigh))
      } == ["description/stated-twice"])
    #expect(
      mistakesInHost {
        PCIBridge(slot: 1, buses: 1...1) {
          VirtioPCI(.block, slot: 1, interrupt: .spi(4, .levelHigh))
        }
      } == ["description/misplaced"])
    #expect(
      mistakes {
        PCIHostBridge(cam: 0x1_0000, buses: 0...0, firstInterrupt: .spi(987, .levelHigh)) {}
      }.allSatisfy { $0 == "description/no-such-interrupt" })
  }

  @Test("messages that nothing takes", arguments: [PCIHostBridge.MSI.map, .parent])
  func messages(msi: PCIHostBridge.MSI) {
    #expect(
      mistakes { PCIHostBridge(cam: 0x1_0000, buses: 0...0, msi: msi) {} }
        == ["description/no-msi-controller"])
  }

  @Test("an IOMMU that is no part of the machine")
  func iommuElsewhere() {
    let elsewhere = SMMUv3(
      at: 0x0905_0000, eventq: .spi(74, .edgeRising), gerror: .spi(75, .edgeRising))
    let slot = VirtioIOMMU(slot: 3)
    let found = mistakes {
      PCIHostBridge(cam: 0x1_0000, buses: 0...0, iommu: elsewhere) {
        VirtioPCI(.block, slot: 1, iommu: slot)
      }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), iommu: elsewhere)
    }
    #expect(found == Array(repeating: "description/iommu-not-placed", count: 3))
  }

  @Test("an IOMMU on the wrong transport")
  func misplaced() {
    #expect(mistakes { VirtioIOMMU(slot: 3) } == ["description/misplaced"])
    #expect(
      mistakesInHost { VirtioIOMMU(at: 0xa00_0000, interrupt: .spi(16, .edgeRising)) }
        == ["description/misplaced"])
    #expect(mistakes { VirtioIOMMU() } == ["description/no-place"])
    let slot = VirtioIOMMU(slot: 3)
    #expect(
      mistakes {
        slot
        PCIHostBridge(cam: 0x1_0000, buses: 0...0, iommu: slot) {}
        VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), iommu: slot)
      } == ["description/misplaced"])
  }

  @Test("an endpoint without an IOMMU, and an IOMMU that is bypassed")
  func contradictions() {
    #expect(
      mistakes {
        VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), endpoint: 3)
      } == ["description/endpoint-of-nothing"])
    let viommu = VirtioIOMMU(slot: 3)
    #expect(
      mistakesInHost {
        viommu
        VirtioPCI(.block, slot: 1, iommu: viommu).bypassingIOMMU()
      } == ["description/stated-twice"])
  }

  @Test("a host or an SMMU without a place, on a machine that has none")
  func noPlace() {
    let twice = ["description/no-place", "description/no-place"]
    #expect(
      mistakes {
        PCIHostBridge()
        SMMUv3()
      } == twice)
  }

  @Test("windows of a host that has its own")
  func machineHost() {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
          PCIHostBridge { Window(.io, at: 0, size: .kib(64)) }
        }
      })
    #expect(lowering.mistakes.map(\.id) == ["description/stated-twice"])
  }

  @Test("numbers of hosts that clash or don't exist")
  func domains() {
    #expect(
      mistakes {
        PCIHostBridge(cam: 0x1_0000, buses: 0...0, domain: 1) {}
        PCIHostBridge(cam: 0x2_0000, buses: 0...0, domain: 1) {}
        PCIHostBridge(cam: 0x3_0000, buses: 0...0, domain: 0x1_0000) {}
        PCIHostBridge(cam: 0x4_0000, buses: 0...0, domain: -1) {}
      } == [
        "description/duplicate-name", "description/no-such-domain", "description/no-such-domain",
      ])
  }

  @Test("a class code of more than 24 bits, and a name that no node has")
  func otherFunctions() {
    #expect(
      mistakesInHost {
        PCIFunction("dev", slot: 1, vendorID: 1, deviceID: 1, classCode: 0x100_0000)
        PCIFunction("a function", slot: 2, vendorID: 1, deviceID: 1)
      } == ["description/no-such-class", "description/invalid-name"])
  }

  @Test("a function of a slot in which there is no function 0")
  func noFirstFunction() {
    #expect(
      mistakesInHost {
        VirtioPCI(.block, slot: 3, function: 1)
        VirtioPCI(.block, slot: 4, function: 1)
        VirtioPCI(.block, slot: 4)
        VirtioPCI(.block, slot: 0, function: 1)
      } == ["description/no-first-function"])
  }

  @Test(
    "a device where the VMM has its host bridge",
    arguments: [
      (Machine.qemuVirt(gic: .v3), true), (.crosvm(), true), (.firecracker(pci: true), true),
      (.cloudHypervisor(), true), (.kvmtool(), false),
    ])
  func hostBridge(machine: Machine, isTaken: Bool) {
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: machine, cpus: 1, memory: .gib(1)) {
          PCIHostBridge { VirtioPCI(.block, slot: 0) }
        }
      })
    #expect(
      lowering.mistakes.map(\.id) == (isTaken ? ["description/duplicate-function"] : []))
  }
}
