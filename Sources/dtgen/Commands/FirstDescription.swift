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

    /// The only guest memory the host may touch: virtio buffers bounce through it.
    let bounce = RestrictedDMAPool("bounce", at: \(poolAddress), size: .mib(8))

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

  private var devices: String {
    switch self {
    case .crosvm, .cloudHypervisor:
      """
          bounce
          // The pool of the PCI host confines every function on the bus, and makes
          // VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
          PCIHostBridge(memoryRegion: bounce) {
            VirtioPCI(.block, slot: 1)
            VirtioPCI(.network(), slot: 2)
          }

      """
    case .firecracker: slotDevices
    case .qemuVirt, .qemuVirtRISCV64, .kvmtool:
      slotDevices + """
            // Whatever is plugged into the machine's PCI bus bounces through the pool too.
            PCIHostBridge(memoryRegion: bounce)

        """
    }
  }

  private var slotDevices: String {
    """
        bounce
        // Each device takes the next free slot of the machine. Naming the pool confines it, and
        // makes VIRTIO_F_ACCESS_PLATFORM a feature that the VMM has to offer.
        VirtioMMIO(.block, memoryRegion: bounce)
        VirtioMMIO(.network(), memoryRegion: bounce)

    """
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
  private var poolAddress: String {
    self == .qemuVirt || self == .cloudHypervisor ? "0x5f00_0000" : "0x9f00_0000"
  }

  private var console: String {
    switch self {
    case .qemuVirt, .cloudHypervisor: "ttyAMA0"
    case .qemuVirtRISCV64, .crosvm, .firecracker, .kvmtool: "ttyS0"
    }
  }
}
