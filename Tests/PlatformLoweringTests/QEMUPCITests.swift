import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// The PCI host and the IOMMUs against the tree that QEMU itself writes.
@Suite("PCI and IOMMUs of QEMU's virt machine", .requires(.qemuArm))
struct QEMUPCITests {
  /// A machine, as QEMU is asked for it and as it is described.
  struct Machine: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var qemu: QEMUTree
    var gic: PlatformDescription.Machine.GICVersion
    /// The nodes that are compared.
    var nodes: [String]
    var elements: @Sendable () -> [Element]

    init(
      _ description: String, gic: PlatformDescription.Machine.GICVersion = .v3,
      options: String = "", arguments: [String] = [], nodes: [String],
      @ComponentBuilder _ elements: @Sendable @escaping () -> [Element]
    ) {
      testDescription = description
      qemu = QEMUTree(
        gic: gic == .v2 ? 2 : 3, options: options, cpus: 2, arguments: arguments)
      self.gic = gic
      self.nodes = nodes
      self.elements = elements
    }
  }

  static let host = "/pcie@10000000"

  static let machines = [
    Machine("GICv3 with an ITS", nodes: [host]) { PCIHostBridge() },
    Machine("GICv2 with a frame", gic: .v2, nodes: [host]) { PCIHostBridge() },
    Machine("functions that need no node", nodes: [host]) {
      PCIHostBridge {
        VirtioPCI(.block, slot: 1)
        PCIBridge(slot: 2, buses: 1...1) { VirtioPCI(.network(), slot: 0) }
      }
    },
    Machine("an SMMU", options: ",iommu=smmuv3", nodes: [host, "/smmuv3@9050000"]) {
      let smmu = SMMUv3()
      smmu
      PCIHostBridge(iommu: smmu)
    },
    Machine(
      "an SMMU and a GICv2", gic: .v2, options: ",iommu=smmuv3",
      nodes: [host, "/smmuv3@9050000"]
    ) {
      let smmu = SMMUv3()
      PCIHostBridge(iommu: smmu)
      smmu
    },
    Machine(
      "a virtio-iommu in slot 3", arguments: ["-device", "virtio-iommu-pci,addr=3"],
      nodes: [host, host + "/virtio_iommu@3,0"]
    ) {
      let viommu = VirtioIOMMU(slot: 3)
      PCIHostBridge(iommu: viommu) { viommu }
    },
    Machine(
      "a virtio-iommu as the last function",
      arguments: ["-device", "virtio-iommu-pci,addr=1f.7"],
      nodes: [host, host + "/virtio_iommu@1f,7"]
    ) {
      let viommu = VirtioIOMMU(slot: 31, function: 7)
      PCIHostBridge(iommu: viommu) { viommu }
    },
    Machine("low memory alone, written out", options: ",highmem=off", nodes: [host]) {
      PCIHostBridge(ecam: 0x3f00_0000, buses: 0...15, firstInterrupt: .spi(3, .levelHigh)) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .bytes(0x2eff_0000))
      }
    },
    Machine("no ITS", options: ",its=off", nodes: [host]) {
      PCIHostBridge(
        ecam: 0x40_1000_0000, buses: 0...255, firstInterrupt: .spi(3, .levelHigh), msi: .off
      ) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .bytes(0x2eff_0000))
        Window(.memory64, at: 0x80_0000_0000, size: .gib(512))
      }
    },
  ]

  @Test("agree with the dumped tree, node by node", arguments: machines)
  func agrees(machine: Machine) throws {
    let theirs = NodeTable(try FlattenedTree(machine.qemu.dump()))
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", on: .qemuVirt(gic: machine.gic), cpus: 2, memory: .gib(1)) {
          machine.elements()
        }
      })
    #expect(lowering.mistakes.isEmpty)
    let lowered = try #require(lowering.machines.first)
    let ours = NodeTable(try FlattenedTree(lowered.tree.flattened()))
    for path in machine.nodes {
      let node = try #require(theirs[path], "QEMU has no \(path)")
      #expect(ours[path] == node, "\(path) differs")
    }
    let below = { (table: NodeTable) in
      table.paths.filter { $0.hasPrefix(Self.host + "/") }
    }
    #expect(below(ours) == below(theirs))
  }
}
