import ArgumentParser

/// The machines that `dtgen init` writes a description for; a test builds each.
enum FirstDescription: String, CaseIterable, ExpressibleByArgument {
  case qemuVirt = "qemu-virt"
  case qemuVirtRISCV64 = "qemu-virt-riscv64"
  case crosvm
  case firecracker
  case cloudHypervisor = "cloud-hypervisor"
  case kvmtool

  /// The description.
  var text: String {
    """
    import PlatformDescription

    \(confinement)

    /// One global named `platform` is what a description defines; the rest is ordinary Swift.
    let platform = Platform("my-platform") {
      // The machine brings its address map: RAM, processors, interrupt controller, devices.
      VirtualMachine("guest", on: \(machine), cpus: 2, memory: .gib(1)) {
    \(devices)\
        Chosen(bootArguments: "console=\(console)")
      }
    }

    """
  }

  /// What confines the devices, or why nothing does: what the VMM itself would never write is in no description for it.
  private var confinement: String {
    switch self {
    case .qemuVirt, .qemuVirtRISCV64, .kvmtool:
      """
      /// The only guest memory the host may touch: virtio buffers bounce through it.
      let bounce = RestrictedDMAPool("bounce", at: \(poolAddress), size: .mib(8))
      """
    case .crosvm:
      """
      /// The only guest memory the host may touch: virtio buffers bounce through it. crosvm makes the pool
      /// for --swiotlb 64, and for a protected guest without being asked; the guest's kernel places it.
      let bounce = RestrictedDMAPool("restricted_dma_reserved", size: .mib(64), alignment: .kib(256))
      """
    case .cloudHypervisor:
      """
      /// Cloud Hypervisor writes no restricted pool into its tree. What confines DMA there is an IOMMU:
      /// iommu=on at one device puts all functions of the bus behind it.
      let viommu = VirtioIOMMU(slot: 1)
      """
    case .firecracker:
      """
      // Firecracker writes no restricted pool into its tree, and no device of it offers
      // VIRTIO_F_ACCESS_PLATFORM: the guest can confine no DMA. What confines is around the VMM's
      // process alone, as its jailer and its seccomp filters are.
      """
    }
  }

  private var devices: String {
    switch self {
    case .crosvm:
      """
          bounce
          // The pool of the PCI host confines every function on the bus, and makes
          // VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
          PCIHostBridge(memoryRegion: bounce) {
            VirtioPCI(.block, slot: 1)
            VirtioPCI(.network(), slot: 2)
          }

      """
    case .cloudHypervisor:
      """
          // The IOMMU in front of the PCI host confines every function but itself, and makes
          // VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
          PCIHostBridge(iommu: viommu) {
            viommu
            VirtioPCI(.block, slot: 2)
            VirtioPCI(.network(), slot: 3)
          }

      """
    case .firecracker:
      """
          // Each device takes the next free slot of the machine.
          VirtioMMIO(.block)
          VirtioMMIO(.network(controlQueue: false))

      """
    case .qemuVirt, .qemuVirtRISCV64, .kvmtool:
      """
          bounce
          // Each device takes the next free slot of the machine. Naming the pool confines it, and
          // makes VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
          VirtioMMIO(.block, memoryRegion: bounce)
          VirtioMMIO(.network(), memoryRegion: bounce)
          // Whatever is plugged into the machine's PCI bus bounces through the pool too.
          PCIHostBridge(memoryRegion: bounce)

      """
    }
  }

  private var machine: String {
    switch self {
    case .qemuVirt: ".qemuVirt(gic: .v3)"
    case .qemuVirtRISCV64: ".qemuVirtRISCV64()"
    case .crosvm: ".crosvm()"
    case .firecracker: ".firecracker()"
    case .cloudHypervisor: ".cloudHypervisor()"
    case .kvmtool: ".kvmtool()"
    }
  }

  /// Near the middle of 1 GiB of RAM, which starts at 1 or at 2 GiB.
  private var poolAddress: String { self == .qemuVirt ? "0x5f00_0000" : "0x9f00_0000" }

  private var console: String {
    switch self {
    case .qemuVirt, .cloudHypervisor: "ttyAMA0"
    case .qemuVirtRISCV64, .crosvm, .firecracker, .kvmtool: "ttyS0"
    }
  }
}
