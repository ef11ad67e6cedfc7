/// The IOMMU that takes the requests of a device, and what it calls the device.
public struct RequesterTranslation: Sendable, Hashable {
  /// An IOMMU, by what a tree and tables both tell of it.
  public enum IOMMU: Sendable, Hashable {
    /// An SMMUv3, by the address of its registers.
    case smmu(UInt64)
    /// A virtio-iommu that is a function of PCI, by bus, device and function.
    case virtioPCI(UInt16)
    /// A virtio-iommu behind registers in memory, by their address.
    case virtioMMIO(UInt64)
  }

  /// The IOMMU.
  public let iommu: IOMMU
  /// The stream ID or endpoint ID.
  public let id: UInt32
}

extension RequesterTranslation: CustomStringConvertible {
  /// `0x8 of the SMMU at 0x9050000`.
  public var description: String {
    let name =
      switch iommu {
      case .smmu(let base): "the SMMU at \(ByteText.hex(base))"
      case .virtioPCI(let id): "the virtio-iommu \(DMADevice.functionName(id))"
      case .virtioMMIO(let base): "the virtio-iommu at \(ByteText.hex(base))"
      }
    return "\(ByteText.hex(UInt64(id))) of \(name)"
  }
}
