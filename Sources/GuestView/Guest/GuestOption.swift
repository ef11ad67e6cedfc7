public import DeviceTree

/// The options of a kernel on which it depends whether a description is honoured.
///
/// **Source:** the Kconfig files of Linux 6.12.
public enum GuestOption: String, Sendable, Hashable, CaseIterable {
  /// Device trees.
  case of = "OF"
  /// ACPI.
  case acpi = "ACPI"
  /// Bouncing.
  case swiotlb = "SWIOTLB"
  /// Restricted pools.
  case dmaRestrictedPool = "DMA_RESTRICTED_POOL"
  /// Pools that grow.
  case swiotlbDynamic = "SWIOTLB_DYNAMIC"
  /// Contiguous memory for DMA.
  case dmaCMA = "DMA_CMA"
  /// PCI hosts of a tree.
  case pciHostGeneric = "PCI_HOST_GENERIC"
  /// Virtio on mmio.
  case virtioMMIO = "VIRTIO_MMIO"
  /// Virtio on PCI.
  case virtioPCI = "VIRTIO_PCI"
  /// Disks.
  case virtioBlk = "VIRTIO_BLK"
  /// Networks.
  case virtioNet = "VIRTIO_NET"
  /// Consoles.
  case virtioConsole = "VIRTIO_CONSOLE"
  /// Sources of entropy.
  case hwRandomVirtio = "HW_RANDOM_VIRTIO"
  /// Balloons.
  case virtioBalloon = "VIRTIO_BALLOON"
  /// SCSI hosts.
  case scsiVirtio = "SCSI_VIRTIO"
  /// 9P.
  case net9PVirtio = "NET_9P_VIRTIO"
  /// GPUs.
  case drmVirtioGPU = "DRM_VIRTIO_GPU"
  /// Input devices.
  case virtioInput = "VIRTIO_INPUT"
  /// Sockets.
  case virtioVsockets = "VIRTIO_VSOCKETS"
  /// Crypto devices.
  case cryptoDevVirtio = "CRYPTO_DEV_VIRTIO"
  /// Memory devices.
  case virtioMem = "VIRTIO_MEM"
  /// Sound.
  case sndVirtio = "SND_VIRTIO"
  /// File systems.
  case virtioFS = "VIRTIO_FS"
  /// Persistent memory.
  case virtioPMEM = "VIRTIO_PMEM"
  /// IOMMUs of virtio.
  case virtioIOMMU = "VIRTIO_IOMMU"
  /// SMMUs of version 1 and 2.
  case armSMMU = "ARM_SMMU"
  /// SMMUs of version 3.
  case armSMMUv3 = "ARM_SMMU_V3"
  /// IOMMUs of Intel.
  case intelIOMMU = "INTEL_IOMMU"
  /// They are used unless told otherwise.
  case intelIOMMUDefaultOn = "INTEL_IOMMU_DEFAULT_ON"
  /// The same but for graphics, as Debian has it.
  case intelIOMMUDefaultOnIntGPUOff = "INTEL_IOMMU_DEFAULT_ON_INTGPU_OFF"
  /// IOMMUs of AMD.
  case amdIOMMU = "AMD_IOMMU"
  /// IOMMUs let everything through unless told otherwise.
  case iommuDefaultPassthrough = "IOMMU_DEFAULT_PASSTHROUGH"
  /// The command line of the boot loader is replaced.
  case cmdlineForce = "CMDLINE_FORCE"
  /// Pages of 4 KiB.
  case arm64Pages4K = "ARM64_4K_PAGES"
  /// Pages of 16 KiB.
  case arm64Pages16K = "ARM64_16K_PAGES"
  /// Pages of 64 KiB.
  case arm64Pages64K = "ARM64_64K_PAGES"

  /// The driver of a virtio device, by the ID of its type; nil for a type that Linux has none for, or that
  /// isn't known here.
  ///
  /// **Source:** Linux 6.12, the `id_table` of each driver; VIRTIO 1.3, section 5.
  public static func driver(ofType deviceID: UInt32) -> GuestOption? {
    switch deviceID {
    case 1: .virtioNet
    case 2: .virtioBlk
    case 3: .virtioConsole
    case 4: .hwRandomVirtio
    case 5: .virtioBalloon
    case 8: .scsiVirtio
    case 9: .net9PVirtio
    case 16: .drmVirtioGPU
    case 18: .virtioInput
    case 19: .virtioVsockets
    case 20: .cryptoDevVirtio
    case 23: .virtioIOMMU
    case 24: .virtioMem
    case 25: .sndVirtio
    case 26: .virtioFS
    case 27: .virtioPMEM
    default: nil
    }
  }

  /// The driver of an IOMMU; nil for one that isn't known here.
  ///
  /// **Source:** Linux `drivers/iommu/virtio-iommu.c`, `drivers/iommu/arm`, the `Makefile` of each.
  public static func driver(ofIOMMU node: FlattenedTree.Node) -> GuestOption? {
    switch IOMMUKind(node) {
    case .smmuV3: return .armSMMUv3
    case .virtioPCI: return .virtioIOMMU
    case .xenGrants: return nil
    case nil: break
    }
    if node.isCompatible("virtio,mmio") { return .virtioIOMMU }
    let isSMMU = ["arm,mmu-500", "arm,smmu-v2", "arm,smmu-v1", "arm,mmu-400", "arm,mmu-401"]
      .contains { node.isCompatible($0) }
    return isSMMU ? .armSMMU : nil
  }
}
