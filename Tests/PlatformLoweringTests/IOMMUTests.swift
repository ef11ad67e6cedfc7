import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("lowering IOMMUs")
struct IOMMUTests {
  private let pool = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
  private let path = "/pcie@4010000000"
  private let smmu = SMMUv3(
    at: 0x0905_0000, eventq: .spi(74, .edgeRising), priq: .spi(75, .edgeRising),
    gerror: .spi(77, .edgeRising))

  /// The entries of `iommu-map`, one line each.
  private func map(
    domain: Int? = nil, iommu: (any IOMMU)?, @PCIHostBuilder _ content: () -> [PCIContent]
  ) throws -> [String] {
    let (_, tree) = try pciGuest {
      smmu
      PCIHostBridge(
        ecam: 0x40_1000_0000, buses: 0...3, domain: domain, iommu: iommu, content)
    }
    let count = tree.node(at: path)?.property("iommu-map")?.cellCount ?? 0
    let cells = tree.cells(
      path, "iommu-map", phandles: Array(stride(from: 1, to: count, by: 4)))
    return stride(from: 0, to: count, by: 4).map { start in
      cells.map { $0[start..<(start + 4)].joined(separator: " ") } ?? ""
    }
  }

  @Test("an SMMU names its interrupts in the order of the binding")
  func smmuNode() throws {
    let (machine, tree) = try pciGuest { smmu }
    let node = try #require(tree.node(at: "/iommu@9050000"))
    #expect(node.property("interrupt-names")?.strings == ["eventq", "gerror", "priq"])
    #expect(
      tree.cells("/iommu@9050000", "interrupts") == [
        "0", "4a", "1", "0", "4d", "1", "0", "4b", "1",
      ]
    )
    #expect(tree.cells("/iommu@9050000", "reg") == ["0", "9050000", "0", "20000"])
    #expect(node.has("dma-coherent"))
    #expect(node.property("#iommu-cells")?.u32 == 1)
    #expect(machine.devices.isEmpty)
    #expect(
      try pciGuest { smmu.nonCoherent() }.tree.node(at: "/iommu@9050000")?.has("dma-coherent")
        == false)
  }

  @Test("an IOMMU is in front of all requester IDs but its own and those that bypass it")
  func splits() throws {
    #expect(try map(iommu: smmu) {} == ["0 iommu@9050000 0 10000"])
    let first = VirtioIOMMU(slot: 0)
    #expect(try map(iommu: first) { first } == ["1 iommu@0,0 1 ffff"])
    let last = VirtioIOMMU(slot: 31, function: 7)
    #expect(
      try map(iommu: last) {
        last
        VirtioPCI(.entropy, slot: 31)
      } == ["0 iommu@1f,7 0 ff", "100 iommu@1f,7 100 ff00"])
    #expect(
      try map(iommu: smmu) {
        VirtioPCI(.block, slot: 1).bypassingIOMMU()
        VirtioPCI(.entropy, slot: 1, function: 1).bypassingIOMMU()
        VirtioPCI(.network(), slot: 2)
      } == ["0 iommu@9050000 0 8", "a iommu@9050000 a fff6"])
  }

  @Test("a function has the IOMMU that it names, with one in front of its host and without")
  func single() throws {
    let viommu = VirtioIOMMU(slot: 3)
    #expect(
      try map(iommu: nil) {
        viommu
        VirtioPCI(.block, slot: 1, iommu: viommu)
        VirtioPCI(.network(), slot: 1, function: 1, iommu: viommu)
        VirtioPCI(.entropy, slot: 5)
        PCIBridge(slot: 6, buses: 1...1) { VirtioPCI(.entropy, slot: 0, iommu: smmu) }
      } == ["8 iommu@3,0 8 2", "100 iommu@9050000 100 1"])
    #expect(
      try map(iommu: smmu) {
        viommu
        VirtioPCI(.block, slot: 1, iommu: viommu)
        VirtioPCI(.block, slot: 2, iommu: smmu)
      } == [
        "0 iommu@9050000 0 8", "8 iommu@3,0 8 1", "9 iommu@9050000 9 f", "19 iommu@9050000 19 ffe7",
      ])
  }

  @Test("the number of the host stands above the requester ID")
  func domain() throws {
    #expect(try map(domain: 2, iommu: smmu) {} == ["0 iommu@9050000 20000 10000"])
  }

  @Test("ACCESS_PLATFORM follows from an IOMMU in front, and not from one that is bypassed")
  func features() throws {
    let viommu = VirtioIOMMU(slot: 3, features: [.bit(4)])
    let (machine, _) = try pciGuest {
      smmu
      PCIHostBridge(ecam: 0x40_1000_0000, buses: 0...0, iommu: smmu) {
        VirtioPCI(.entropy, slot: 1)
        VirtioPCI(.entropy, slot: 2).bypassingIOMMU()
        viommu
        VirtioPCI(.entropy, slot: 4, iommu: viommu, withholding: [.accessPlatform])
      }
      VirtioMMIO(.block, at: 0xa00_0000, interrupt: .spi(16, .edgeRising), iommu: smmu)
    }
    #expect(
      machine.devices.map { $0.features.map(\.bit) } == [
        [32, 33], [32], [4, 32], [32], [32, 33],
      ])
    #expect(
      machine.devices.map(\.translation) == [
        .some(.init(iommu: "/iommu@9050000", endpoint: 8)), nil, nil,
        .some(.init(iommu: path + "/iommu@3,0", endpoint: 0x20)),
        .some(.init(iommu: "/iommu@9050000", endpoint: 0x1_0000)),
      ])
  }

  @Test("a device on virtio-mmio has the lowest ID that is free, or the one that it states")
  func endpoints() throws {
    let viommu = VirtioIOMMU(at: 0xa00_0000, interrupt: .spi(16, .edgeRising))
    let stated: [UInt32?] = [nil, 1, nil, 7, nil]
    let (machine, tree) = try pciGuest {
      for (index, endpoint) in stated.enumerated() {
        VirtioMMIO(
          .entropy, at: 0xa00_1000 + 0x200 * index, interrupt: .spi(20 + index, .edgeRising),
          iommu: viommu, endpoint: endpoint)
      }
      viommu
    }
    #expect(machine.devices.compactMap { $0.translation?.endpoint } == [0, 1, 2, 7, 3])
    #expect(
      tree.cells("/virtio@a001600", "iommus", phandles: [0]) == ["virtio@a000000", "7"])
    let node = try #require(tree.node(at: "/virtio@a000000"))
    #expect(node.property("#iommu-cells")?.u32 == 1)
    #expect(node.property("compatible")?.string == "virtio,mmio")
    #expect(machine.devices.last?.deviceID == 23)
  }

  @Test("an IOMMU without a place takes a slot of the machine, around those placed by hand")
  func slots() throws {
    let viommu = VirtioIOMMU()
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
          VirtioIOMMU(at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
          viommu
          VirtioMMIO(.block, iommu: viommu)
        }
      })
    #expect(lowering.mistakes == [])
    let machine = try #require(lowering.machines.first)
    #expect(machine.devices.map(\.slot) == [0, 1, 2])
    #expect(machine.devices[2].translation?.iommu == "/virtio_mmio@a000200")
  }
}
