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
    var described: PlatformDescription.Machine
    var elements: @Sendable () -> [Element]

    init(
      _ description: String, on machine: PlatformDescription.Machine = .qemuVirt(gic: .v3),
      options: String = "", mebibytes: UInt64 = 1024, arguments: [String] = [],
      @ComponentBuilder _ elements: @Sendable @escaping () -> [Element]
    ) {
      testDescription = description
      qemu = QEMUTree(
        gic: machine.gic == .v2 ? 2 : 3, options: options, cpus: 2, mebibytes: mebibytes,
        arguments: arguments)
      described = machine
      self.elements = elements
    }
  }

  static let host = "/pcie@10000000"

  private static let smmu = SMMUv3()

  static let machines = [
    Machine("GICv3 with an ITS") { PCIHostBridge() },
    Machine("GICv2 with a frame", on: .qemuVirt(gic: .v2)) { PCIHostBridge() },
    Machine("functions that need no node") {
      PCIHostBridge {
        VirtioPCI(.block, slot: 1)
        PCIBridge(slot: 2, buses: 1...1) { VirtioPCI(.network(), slot: 0) }
      }
    },
    Machine("an SMMU", options: ",iommu=smmuv3") {
      smmu
      PCIHostBridge(iommu: smmu)
    },
    Machine("an SMMU and a GICv2", on: .qemuVirt(gic: .v2), options: ",iommu=smmuv3") {
      PCIHostBridge(iommu: smmu)
      smmu
    },
    Machine(
      "an SMMU and no ITS", on: .qemuVirt(gic: .v3, its: false),
      options: ",iommu=smmuv3,its=off"
    ) {
      smmu
      PCIHostBridge(iommu: smmu)
    },
    Machine(
      "an SMMU below 4 GiB", on: .qemuVirt(gic: .v3, highmem: false, virtualization: true),
      options: ",iommu=smmuv3,highmem=off,virtualization=on"
    ) {
      smmu
      PCIHostBridge(iommu: smmu)
    },
    Machine("an SMMU behind 300 GiB", options: ",iommu=smmuv3", mebibytes: 300 << 10) {
      smmu
      PCIHostBridge(iommu: smmu)
    },
    Machine("a virtio-iommu in slot 3", arguments: ["-device", "virtio-iommu-pci,addr=3"]) {
      let viommu = VirtioIOMMU(slot: 3)
      PCIHostBridge(iommu: viommu) { viommu }
    },
    Machine(
      "a virtio-iommu as the last function",
      arguments: [
        "-device", "virtio-rng-pci,addr=1f.0,multifunction=on", "-device",
        "virtio-iommu-pci,addr=1f.7",
      ]
    ) {
      let viommu = VirtioIOMMU(slot: 31, function: 7)
      PCIHostBridge(iommu: viommu) {
        viommu
        VirtioPCI(.entropy, slot: 31)
      }
    },
    Machine(
      "low memory alone", on: .qemuVirt(gic: .v3, highmem: false), options: ",highmem=off"
    ) { PCIHostBridge() },
    Machine(
      "low memory alone, written out", on: .qemuVirt(gic: .v3, highmem: false),
      options: ",highmem=off"
    ) {
      PCIHostBridge(ecam: 0x3f00_0000, buses: 0...15, firstInterrupt: .spi(3, .levelHigh)) {
        Window(.io, at: 0x3eff_0000, size: .kib(64))
        Window(.memory32, at: 0x1000_0000, size: .bytes(0x2eff_0000))
      }
    },
    Machine("no ITS", on: .qemuVirt(gic: .v3, its: false), options: ",its=off") {
      PCIHostBridge()
    },
    Machine(
      "no ITS, written out", on: .qemuVirt(gic: .v3, its: false), options: ",its=off"
    ) {
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
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine(
          "guest", on: machine.described, cpus: 2, memory: .mib(machine.qemu.mebibytes)
        ) {
          machine.elements()
          for _ in 0..<32 { VirtioMMIO(.block) }
        }
      })
    #expect(lowering.mistakes.isEmpty)
    let lowered = try #require(lowering.machines.first)
    let ours = try FlattenedTree(lowered.tree.flattened())
    #expect(ours.node(at: Self.host) != nil)
    TreeComparison(
      ours: ours, theirs: try FlattenedTree(machine.qemu.dump()),
      leftOut: machine.described.leftOut
    ).expectAgreement()
  }
}
