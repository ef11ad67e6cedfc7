import ACPI

/// Where a device of the namespace may DMA.
///
/// There is no restricted pool among these: Linux looks for one in a device tree alone.
///
/// **Source:** Linux 6.12 `drivers/acpi/scan.c`, `acpi_dma_configure_id`; `kernel/dma/swiotlb.c`.
public enum TableDMAOutcome: Sendable {
  /// Where this IOMMU lets it.
  case iommu(TableIOMMU)
  /// Into all of the guest's memory, and why.
  case allMemory(because: String)
  /// Nowhere: the device doesn't come up, and why.
  case absent(because: String)
}

extension TablesView {
  /// The devices that do DMA, each with where it may.
  public var dmaDevices: [(device: TableDevice, outcome: TableDMAOutcome)] {
    let hosts = hostsByDevice
    return devices.filter { $0.doesDMA || isNamedComponent($0) }.map { device in
      (device, outcome(of: device, host: hosts[device.index]))
    }
  }

  /// Whether IORT names it.
  public func isNamedComponent(_ device: TableDevice) -> Bool {
    iommus.component(of: device) != nil
  }

  /// The virtio devices of which is known what they offer: those of the namespace, and functions of its PCI hosts,
  /// each with the device or host, and the IOMMU in front of it.
  public var offeringDevices: [OfferingDevice] {
    let hosts = hostsByDevice
    return (features?.devices ?? []).compactMap { features in
      guard let device = device(spelt: features.node) else { return nil }
      let host = hosts[device.index]
      let iommu =
        if let function = features.requesterID {
          host.flatMap { iommus.iommu(ofFunction: function, of: $0) }
        } else {
          iommus.iommu(of: device, host: host)
        }
      return OfferingDevice(device: device, features: features, iommu: iommu)
    }
  }

  /// The devices and PCI hosts that tables put behind an IOMMU, whatever else is known.
  public var translatedDevices: [(device: TableDevice, iommu: TableIOMMU)] {
    let hosts = hostsByDevice
    return devices.compactMap { device in
      guard device.isPresent, device.doesDMA || isNamedComponent(device) else { return nil }
      return iommus.iommu(of: device, host: hosts[device.index]).map { (device, $0) }
    }
  }

  /// The IOMMU that tables put in front of the function `requesterID` of `host`; nil for none.
  public func iommu(ofFunction requesterID: UInt16, of host: TablePCIHost) -> TableIOMMU? {
    iommus.iommu(ofFunction: requesterID, of: host)
  }

  /// What `device` itself is known to offer.
  public func features(of device: TableDevice) -> DeviceFeatures.Device? {
    featuresByDevice[device.index]
  }

  private var hostsByDevice: [Int: TablePCIHost] {
    var hosts: [Int: TablePCIHost] = [:]
    for host in pciHosts { hosts[host.device.index] = host }
    return hosts
  }

  private func outcome(of device: TableDevice, host: TablePCIHost?) -> TableDMAOutcome {
    guard device.isPresent else { return .absent(because: "its _STA says that it isn't there") }
    if device.isVirtioMMIO, device.resources.problem == nil {
      if device.memory.isEmpty { return .absent(because: "it has no window that can be mapped") }
      if device.interrupts.isEmpty { return .absent(because: "it has no interrupt") }
    }
    guard let iommu = iommus.iommu(of: device, host: host) else {
      return .allMemory(because: "no table puts an IOMMU in front of it")
    }
    if let features = features(of: device), !features.offersAccessPlatform {
      return .allMemory(because: "it does not offer VIRTIO_F_ACCESS_PLATFORM")
    }
    if let guest, let driver = iommu.driver, !guest.has(driver) {
      return .allMemory(because: "\(guest.name) has no driver for \(iommu.name)")
    }
    return .iommu(iommu)
  }
}

/// A virtio device of which is known what it offers.
public struct OfferingDevice: Sendable {
  /// The device, or the PCI host of a function.
  public let device: TableDevice
  /// What it offers.
  public let features: DeviceFeatures.Device
  /// The IOMMU in front of it; nil for none.
  public let iommu: TableIOMMU?
}
