import ACPI

/// Where a device of the namespace may DMA.
///
/// There is no restricted pool among these: Linux looks for one in a device tree alone.
///
/// **Source:** Linux 6.12 `drivers/acpi/scan.c`, `acpi_dma_configure_id`; `kernel/dma/swiotlb.c`.
public enum TableDMAOutcome: Sendable {
  /// Where this IOMMU lets it: what a table calls it.
  case iommu(String)
  /// Into all of the guest's memory, and why.
  case allMemory(because: String)
  /// Nowhere: the device doesn't come up, and why.
  case absent(because: String)
}

extension TablesView {
  /// The devices that do DMA, each with where it may.
  public var dmaDevices: [(device: TableDevice, outcome: TableDMAOutcome)] {
    var hosts: [Int: TablePCIHost] = [:]
    for host in pciHosts { hosts[host.device.index] = host }
    return devices.filter { $0.doesDMA || isNamedComponent($0) }.map { device in
      (device, outcome(of: device, host: hosts[device.index]))
    }
  }

  /// Whether IORT names it.
  public func isNamedComponent(_ device: TableDevice) -> Bool {
    iommus.component(of: device) != nil
  }

  private func outcome(of device: TableDevice, host: TablePCIHost?) -> TableDMAOutcome {
    guard device.isPresent else { return .absent(because: "its _STA says that it isn't there") }
    if device.isVirtioMMIO, device.resources.problem == nil {
      if device.memory.isEmpty { return .absent(because: "it has no window that can be mapped") }
      if device.interrupts.isEmpty { return .absent(because: "it has no interrupt") }
    }
    if let iommu = iommus.iommu(of: device, host: host) { return .iommu(iommu) }
    return .allMemory(because: "no table puts an IOMMU in front of it")
  }
}
