/// Why a device may DMA into all of the guest's memory.
public enum OpenReason: Sendable, Hashable, CustomStringConvertible {
  /// Nothing in the tree would confine it.
  case notConfined
  /// `memory-region` is no whole number of cells.
  case malformedMemoryRegion
  /// `memory-region` names no node.
  case danglingReference
  /// `memory-region` names no restricted pool.
  case noRestrictedPool
  /// The pool is disabled.
  case poolDisabled
  /// The pool is no child of `/reserved-memory`.
  case poolOutsideReservedMemory
  /// The kernel doesn't have the pool.
  case poolRefused(Refusal)
  /// The pool has more slots than the kernel can keep a table of.
  case poolTooLarge
  /// The device doesn't offer VIRTIO_F_ACCESS_PLATFORM, so its driver goes past the DMA API.
  case accessPlatformNotOffered
  /// `iommus` or `iommu-map` names no IOMMU, or not so that the kernel could read it.
  case danglingIOMMU
  /// The IOMMU is disabled.
  case iommuDisabled
  /// No driver takes the IOMMU.
  case iommuWithoutDriver
  /// The driver of the IOMMU gives it up.
  case iommuRefused
  /// The command line tells IOMMUs to let everything through; a pool is not looked for then.
  case iommuPassthrough
  /// The kernel was built to let everything through IOMMUs.
  case iommuPassthroughBuilt
  /// The kernel was built without the driver of the IOMMU.
  case iommuNotBuilt
  /// The kernel was built without restricted pools.
  case poolsNotBuilt
  /// The pool lies above what a 32-bit kernel maps of memory.
  case poolAboveLinearMap
  /// It is an IOMMU, and nothing else stands in front of it.
  case isIOMMU
  /// No entry of the host's `iommu-map` holds its requester ID, and there is no pool either.
  case outsideIOMMUMap

  /// The reason as the end of a sentence: `memory-region names no node`.
  public var description: String {
    switch self {
    case .notConfined: "neither a pool nor an IOMMU is described for it"
    case .malformedMemoryRegion: "memory-region is not a whole number of cells"
    case .danglingReference: "memory-region names no node"
    case .noRestrictedPool: "memory-region names no restricted pool"
    case .poolDisabled: "the pool is disabled"
    case .poolOutsideReservedMemory: "the pool is not in /reserved-memory"
    case .poolRefused(let refusal): "the kernel refuses the pool: \(refusal)"
    case .poolTooLarge: "the pool is too large for the kernel's slot table"
    case .danglingIOMMU: "iommus or iommu-map names no IOMMU"
    case .iommuDisabled: "its IOMMU is disabled"
    case .iommuWithoutDriver: "no driver knows its IOMMU"
    case .iommuRefused: "the driver gives its IOMMU up"
    case .iommuPassthrough: "the command line tells its IOMMU to let everything through"
    case .iommuPassthroughBuilt: "the kernel was built to let everything through its IOMMU"
    case .iommuNotBuilt: "the kernel was built without the driver of its IOMMU"
    case .poolsNotBuilt: "the kernel was built without CONFIG_DMA_RESTRICTED_POOL"
    case .poolAboveLinearMap: "the pool lies above what the kernel maps of memory"
    case .isIOMMU: "it is an IOMMU, which does not translate for itself"
    case .outsideIOMMUMap: "its requester ID is left out of iommu-map"
    case .accessPlatformNotOffered: "it does not offer VIRTIO_F_ACCESS_PLATFORM"
    }
  }
}
