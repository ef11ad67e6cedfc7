import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// A machine with a GICv3 and an ITS, and whatever is in braces.
func pciGuest(
  @ComponentBuilder _ elements: () -> [Element]
) throws -> (machine: LoweredMachine, tree: FlattenedTree) {
  let lowering = Lowering(
    Platform("p") {
      VirtualMachine("guest", architecture: .arm64) {
        Memory(at: 0x4000_0000, size: .gib(1))
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000) { ITS(at: 0x0808_0000) }
        elements()
      }
    })
  #expect(lowering.mistakes == [])
  let machine = try #require(lowering.machines.first)
  return (machine, try FlattenedTree(machine.tree.flattened()))
}

extension FlattenedTree {
  /// The cells of a property, phandles as the last parts of the paths that they mean.
  func cells(_ path: String, _ name: String, phandles: [Int] = []) -> [String]? {
    guard let property = node(at: path)?.property(name) else { return nil }
    var names: [UInt32: String] = [:]
    for node in nodes {
      if let phandle = node.property("phandle")?.u32 { names[phandle] = node.name }
    }
    return (0..<property.cellCount).map { index in
      let cell = property.cell(index) ?? 0
      return phandles.contains(index) ? names[cell] ?? "?" : String(cell, radix: 16)
    }
  }
}

@Suite("lowering PCI")
struct PCITests {
  private let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
  private let path = "/pcie@4010000000"

  @Test("a window becomes code, bus address, address and size")
  func windows() throws {
    let (_, tree) = try pciGuest {
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.io, at: 0x3efe_0000, size: .kib(4), busAddress: 0x1000)
        Window(.memory32, at: 0x8_0000_0000, size: .mib(16), busAddress: 0x1000_0000)
        Window(.memory64, at: 0x80_0000_0000, size: .gib(512))
        Window(.memory64, at: 0x90_0000_0000, size: .gib(1), prefetchable: true)
      }
    }
    #expect(
      tree.cells(path, "ranges") == [
        "1000000", "0", "0", "0", "3eff0000", "0", "10000",
        "1000000", "0", "1000", "0", "3efe0000", "0", "1000",
        "2000000", "0", "10000000", "8", "0", "0", "1000000",
        "3000000", "80", "0", "80", "0", "80", "0",
        "43000000", "90", "0", "90", "0", "0", "40000000",
      ])
  }

  @Test("configuration space takes 1 MiB a bus with ECAM and 64 KiB with CAM")
  func configurationSpace() throws {
    let (_, tree) = try pciGuest {
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 2...5) {}
      PCIHostBridge(cam: 0x1_0000, buses: 0...0) {}
      PCIHostBridge(cam: 0x200_0000, size: .mib(16), buses: 0...0) {}
    }
    #expect(tree.cells(path, "reg") == ["40", "10000000", "0", "400000"])
    #expect(tree.cells(path, "bus-range") == ["2", "5"])
    #expect(tree.cells("/pci@10000", "reg") == ["0", "10000", "0", "10000"])
    #expect(tree.cells("/pci@2000000", "reg") == ["0", "2000000", "0", "1000000"])
    #expect(
      tree.node(at: "/pci@10000")?.property("compatible")?.string == "pci-host-cam-generic")
  }

  @Test("hosts are numbered around the numbers that are stated")
  func domains() throws {
    let (machine, tree) = try pciGuest {
      PCIHostBridge(cam: 0x1_0000, buses: 0...0) {}
      PCIHostBridge(cam: 0x2_0000, buses: 0...0, domain: 1) {}
      Bus("soc") {
        PCIHostBridge(cam: 0x3_0000, buses: 0...0) { VirtioPCI(.block, slot: 1) }
      }
    }
    let numbers = ["/pci@10000", "/pci@20000", "/soc/pci@30000"].map {
      tree.cells($0, "linux,pci-domain")
    }
    #expect(numbers == [["0"], ["1"], ["2"]])
    #expect(machine.devices.map { $0.pciAddress?.description } == ["0002:00:01.0"])
    #expect(tree.cells("/soc/pci@30000", "msi-map", phandles: [1])?[2] == "20000")
  }

  @Test("a function has a node where something of its own has to be said")
  func functions() throws {
    let label = Label("disk")
    let (machine, tree) = try pciGuest {
      pool
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0) {
        VirtioPCI(.entropy, slot: 1)
        VirtioPCI(.block, slot: 2, function: 1, memoryRegion: pool)
        VirtioPCI(.network(), slot: 31).labelled(label)
        VirtioPCI(.console(), slot: 4).adding { Property("status", "okay") }
        VirtioPCI(.socket, slot: 5).allowing("dma/mixed-confinement", because: "a test")
        VirtioPCI(.entropy, slot: 2)
      }
      Alias("disk0", for: label)
    }
    let host = try #require(tree.node(at: path))
    #expect(
      host.children.map(\.name) == ["virtio@2,1", "virtio@1f,0", "virtio@4,0", "virtio@5,0"])
    #expect(tree.cells(path + "/virtio@2,1", "reg") == ["1100", "0", "0", "0", "0"])
    #expect(
      tree.cells(path + "/virtio@2,1", "memory-region", phandles: [0]) == ["bounce@5f000000"])
    #expect(tree.node(at: "/aliases")?.property("disk0")?.string == path + "/virtio@1f,0")
    #expect(machine.devices.map(\.hasNode) == [false, true, true, true, true, false])
    #expect(machine.devices[0].path == path)
    #expect(machine.devices[1].path == path + "/virtio@2,1")
    #expect(machine.devices[1].pciAddress?.description == "0000:00:02.1")
    #expect(machine.devices[1].pciAddress?.requesterID == 0x11)
    #expect(machine.devices.map(\.location?.line).allSatisfy { $0 != nil })
  }

  @Test("another function is known by its IDs, and keeps its properties")
  func otherFunction() throws {
    let (machine, tree) = try pciGuest {
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0) {
        PCIFunction(
          "ethernet", slot: 4, vendorID: 0x8086, deviceID: 0x0d3, classCode: 0x02_0000
        ) {
          Property("local-mac-address", bytes: [0x52, 0x54, 0, 0x12, 0x34, 0x56])
        }
      }
    }
    let node = try #require(tree.node(at: path + "/ethernet@4,0"))
    #expect(node.property("compatible")?.strings == ["pci8086,d3", "pciclass,020000"])
    #expect(node.property("local-mac-address")?.count == 6)
    #expect(machine.devices.isEmpty)
  }

  @Test("ACCESS_PLATFORM follows from a pool of the host or of the function")
  func features() throws {
    let (machine, _) = try pciGuest {
      pool
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0, memoryRegion: pool) {
        VirtioPCI(.entropy, slot: 1)
        VirtioPCI(.entropy, slot: 2, withholding: [.accessPlatform])
      }
      PCIHostBridge(ecam: 0x41_1000_0000, buses: 0...0) {
        VirtioPCI(.entropy, slot: 1)
        VirtioPCI(.entropy, slot: 2, memoryRegion: pool, features: [.ringPacked])
      }
    }
    #expect(
      machine.devices.map { $0.features.map(\.bit) } == [[32, 33], [32], [32], [32, 33, 34]])
  }

  @Test("a bridge has a node where a function behind it has one, with its buses and its pins")
  func bridge() throws {
    let (machine, tree) = try pciGuest {
      pool
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...4, firstInterrupt: .spi(3, .levelHigh)) {
        PCIBridge(slot: 1, buses: 1...1) { VirtioPCI(.entropy, slot: 0) }
        PCIBridge(slot: 2, buses: 2...3) {
          PCIBridge(slot: 1, buses: 3...3) { VirtioPCI(.block, slot: 5, memoryRegion: pool) }
        }
      }
    }
    let outer = path + "/pci@2,0"
    let inner = outer + "/pci@1,0"
    #expect(tree.node(at: path)?.children.map(\.name) == ["pci@2,0"])
    #expect(tree.cells(outer, "reg") == ["1000", "0", "0", "0", "0"])
    #expect(tree.cells(outer, "bus-range") == ["2", "3"])
    #expect(tree.cells(inner, "reg") == ["20800", "0", "0", "0", "0"])
    #expect(tree.cells(inner + "/virtio@5,0", "reg") == ["32800", "0", "0", "0", "0"])
    #expect(machine.devices.map { $0.pciAddress?.requesterID } == [0x100, 0x328])
    // INTA of slot 1 behind the bridge is INTB of the bridge.
    let map = try #require(tree.cells(inner, "interrupt-map", phandles: [4 + 4 * 9]))
    #expect(
      Array(map[36..<45]) == ["800", "0", "0", "1", "pci@2,0", "20800", "0", "0", "2"])
  }

  @Test("a slot's own interrupt has a row of its own")
  func slotInterrupts() throws {
    let (_, tree) = try pciGuest {
      PCIHostBridge(cam: 0x1_0000, buses: 0...0) {
        VirtioPCI(.block, slot: 2, interrupt: .spi(5, .levelHigh))
        VirtioPCI(.network(), slot: 1, interrupt: .spi(4, .levelHigh))
        VirtioPCI(.entropy, slot: 2, function: 1, interrupt: .spi(5, .levelHigh))
      }
    }
    #expect(tree.cells("/pci@10000", "interrupt-map-mask") == ["f800", "0", "0", "7"])
    #expect(
      tree.cells("/pci@10000", "interrupt-map", phandles: [4, 14]) == [
        "800", "0", "0", "1", "interrupt-controller@8000000", "0", "0", "0", "4", "4",
        "1000", "0", "0", "1", "interrupt-controller@8000000", "0", "0", "0", "5", "4",
      ])
  }

  @Test("messages go to an ITS or a frame, by a map or past it")
  func messages() throws {
    let (_, tree) = try pciGuest {
      PCIHostBridge(cam: 0x1_0000, buses: 0...0) {}
      PCIHostBridge(cam: 0x2_0000, buses: 0...0, msi: .parent) {}
      PCIHostBridge(cam: 0x3_0000, buses: 0...0, msi: .off) {}
    }
    #expect(
      tree.cells("/pci@10000", "msi-map", phandles: [1]) == [
        "0", "msi-controller@8080000", "0", "10000",
      ])
    #expect(
      tree.cells("/pci@20000", "msi-parent", phandles: [0]) == ["msi-controller@8080000", "0"])
    #expect(tree.node(at: "/pci@20000")?.has("msi-map") == false)
    #expect(tree.node(at: "/pci@30000")?.has("msi-map") == false)
    #expect(tree.node(at: "/pci@30000")?.has("msi-parent") == false)
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .arm64) {
          GICv2(distributor: 0x0800_0000, cpuInterface: 0x0801_0000) { GICv2M(at: 0x0802_0000) }
          PCIHostBridge(cam: 0x1_0000, buses: 0...0, msi: .parent) {}
        }
      })
    let frame = try FlattenedTree(try #require(lowering.machines.first).tree.flattened())
    #expect(frame.cells("/pci@10000", "msi-parent", phandles: [0]) == ["v2m@8020000"])
  }
}
