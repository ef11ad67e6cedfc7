/// The IOMMU that pKVM gives a protected guest for the devices that are assigned to it.
///
/// Becomes `pviommu0 { compatible = "pkvm,pviommu"; #iommu-cells = <1>; id = <4>; }`. One cell names a
/// device behind it, its virtual stream ID, which the hypervisor maps to that of the hardware:
///
/// ```swift
/// let pviommu = PKVMIOMMU(id: 4)
///
/// Node("accelerator", at: 0x7000_0000, size: .kib(64)) { Property("iommus", .phandle(pviommu), 0x10) }
/// ```
///
/// An ``IOMMUDomain`` of the host says which stream of the hardware that is.
///
/// It stands in front of hardware. What the VMM emulates bounces through a ``RestrictedDMAPool``.
///
/// **Source:** Android's kernel, `drivers/iommu/pkvm-pviommu.c`; crosvm `aarch64/src/fdt.rs`,
/// `create_pkvm_pviommu_node`; Android's pvmfw, `device_assignment.rs`.
public struct PKVMIOMMU: IOMMU, Hashable, Codable {
  /// `id`: the number by which the hypervisor knows it; unique in its machine.
  public var id: UInt32
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .pkvmIOMMU(self) }
  /// Its number, which tells it from its like: it has no registers.
  public var referenceAddress: GuestAddress? { GuestAddress(UInt64(id)) }

  /// The IOMMU that the hypervisor knows as `id`.
  public init(
    id: UInt32, file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.id = id
    self.declaration = Declaration(file, line, column)
  }
}
