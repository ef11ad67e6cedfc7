/// An IOMMU: ``SMMUv3``, ``VirtioIOMMU`` or ``PKVMIOMMU``.
///
/// It translates for the devices that say it stands in front of them, with `iommu:`, and never for
/// itself. A device behind an IOMMU has VIRTIO_F_ACCESS_PLATFORM, and no use of a restricted pool.
///
/// **Source:** kernel binding `iommu/iommu.txt`; Linux `drivers/iommu/of_iommu.c`.
public protocol IOMMU: Referable {}
