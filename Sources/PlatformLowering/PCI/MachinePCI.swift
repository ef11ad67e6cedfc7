import PlatformDescription

/// The PCI host and the SMMU of a VMM's machine, as they would be written out.
struct MachinePCI {
  var host: PCIHostBridge
  /// The SMMU that the machine can have in front of its host; nil for none.
  var smmu: SMMUv3?
  /// With more memory than this the VMM moves them.
  var largestMemory: ByteCount
}

extension MachineLowering {
  /// What the machine has; nil for a machine that is written out, and for one without PCI.
  var machinePCI: MachinePCI? {
    switch machine.machine?.kind {
    case .qemuVirt: QEMUVirt.pci
    // The hosts of the others are written out.
    case nil, .qemuVirtRISCV64, .crosvm, .firecracker, .cloudHypervisor, .kvmtool: nil
    }
  }
}
