import PlatformDescription

/// The PCI host and the SMMU of a VMM's machine, as they would be written out.
struct MachinePCI {
  var host: PCIHostBridge
  /// The SMMU that the machine can have in front of its host; nil for none.
  var smmu: SMMUv3?
  /// Where INTA of the first device leads, on a machine that gives each device the next interrupt, in
  /// the order in which they are made; nil where pins rotate, and where there are messages alone.
  var firstDeviceInterrupt: Interrupt?
  /// What it has at slot 0, function 0; nil where a device may be there.
  ///
  /// **Source:** QEMU `hw/pci-host/gpex.c`, `gpex_host_initfn`; crosvm `devices/src/pci/pci_root.rs`,
  /// `PciRoot`; Cloud Hypervisor `pci/src/bus.rs`, `PciBus::new`, and Firecracker's copy of it.
  var bridge: String? = "the bridge of its PCI host"

  /// A host, with the SMMU that can be in front of it and the interrupt of the first device on it.
  init(host: PCIHostBridge, smmu: SMMUv3? = nil, firstDeviceInterrupt: Interrupt? = nil) {
    self.host = host
    self.smmu = smmu
    self.firstDeviceInterrupt = firstDeviceInterrupt
  }
}

extension PCIHostBridge {
  /// This host, which says nothing of its place, with what `host` of the machine says besides.
  func completed(by host: PCIHostBridge, at location: SourceLocation?) -> PCIHostBridge {
    var completed = self
    completed.msi = msi ?? host.msi
    if memoryRegion.isEmpty {
      completed.memoryRegion = host.memoryRegion.map { region in
        var region = region
        region.declared = location
        return region
      }
    }
    return completed
  }
}
