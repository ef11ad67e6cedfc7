public import DeviceTree

/// The kinds of IOMMU that a guest knows by their `compatible`.
public enum IOMMUKind: Sendable, Hashable {
  /// An Arm SMMUv3.
  case smmuV3
  /// A virtio-iommu, on PCI.
  case virtioPCI
  /// Xen's grants, which stand in for an IOMMU.
  case xenGrants

  /// The nodes of `view` that are of one of these kinds.
  public static func nodes(in view: GuestView) -> NodeList {
    view.nodes(compatibleWithAny: [
      "arm,smmu-v3", "pci1af4,1057", "virtio,pci-iommu", "xen,grant-dma",
    ])
  }

  /// The kind of `node`; nil where it is none of these.
  ///
  /// **Source:** Linux `drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c`;
  /// `Documentation/devicetree/bindings/virtio/pci-iommu.yaml`; `drivers/xen/grant-dma-ops.c`.
  public init?(_ node: FlattenedTree.Node) {
    // Linux knows a function of PCI by its device ID, whatever its node calls itself.
    let isFunction = node.parent?.property("device_type")?.isString("pci") ?? false
    guard let compatible = node.property("compatible") else {
      guard isFunction, node.has("#iommu-cells") else { return nil }
      self = .virtioPCI
      return
    }
    if compatible.listsCompatible("arm,smmu-v3") {
      self = .smmuV3
    } else if compatible.listsCompatible("pci1af4,1057")
      || compatible.listsCompatible("virtio,pci-iommu")
    {
      self = .virtioPCI
    } else if compatible.listsCompatible("xen,grant-dma") {
      self = .xenGrants
    } else if isFunction, node.has("#iommu-cells"),
      !compatible.listsCompatible("riscv,pci-iommu"), !compatible.listsCompatible("pci1efd,edf1")
    {
      self = .virtioPCI
    } else {
      return nil
    }
  }
}
