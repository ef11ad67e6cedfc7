import DeviceTree

/// What Linux makes of the node of an IOMMU.
public enum IOMMUState: Sendable, Hashable {
  /// A driver takes it.
  case usable
  /// It, or a node above it, is disabled: who refers to it is taken to have no IOMMU.
  case disabled
  /// No driver takes it. Who refers to it waits for one, and when the wait is over is taken to have
  /// no IOMMU.
  case withoutDriver
  /// The driver gives it up, because its registers or interrupts are not what they have to be.
  case refused
}

/// The IOMMUs that Linux 6.12 has drivers for.
enum IOMMUDrivers {
  /// The state of `node`, which has `#iommu-cells` or is referred to as an IOMMU.
  ///
  /// A function of PCI is known by its device ID and not by its `compatible`.
  ///
  /// **Source:** Linux `drivers/iommu/of_iommu.c`, `of_iommu_xlate`; `drivers/iommu/iommu.c`,
  /// `iommu_fwspec_init`; `drivers/base/dd.c`, `driver_deferred_probe_check_state`.
  static func state(of node: FlattenedTree.Node, _ topology: Topology) -> IOMMUState {
    guard topology[node].isEnabled else { return .disabled }
    if let parent = node.parent, topology[parent].isPCI { return .usable }
    guard topology[node].isInstantiated, let compatible = node.property("compatible"),
      compatibles.contains(where: { compatible.listsCompatible($0) })
    else { return .withoutDriver }
    if compatible.listsCompatible("arm,smmu-v3") {
      return hasBothPages(node, topology) ? .usable : .refused
    }
    if contextual.contains(where: { compatible.listsCompatible($0) }),
      !hasContextInterrupt(node, topology)
    {
      return .refused
    }
    return .usable
  }

  /// Whether an SMMU of version 1 or 2 has an interrupt behind its global ones.
  ///
  /// `interrupts-extended` is taken to have one: its controllers would have to be asked one by one,
  /// and for each device anew.
  ///
  /// **Source:** Linux `drivers/iommu/arm/arm-smmu/arm-smmu.c`, `arm_smmu_device_dt_probe`,
  /// `arm_smmu_device_probe`.
  private static func hasContextInterrupt(_ smmu: FlattenedTree.Node, _ topology: Topology) -> Bool
  {
    guard let global = smmu.property("#global-interrupts")?.cell(0) else { return false }
    if smmu.has("interrupts-extended") { return true }
    guard let parent = topology.interruptParent(of: smmu),
      let count = smmu.property("interrupts")?.cellCount
    else { return false }
    let cells = max(1, Int(topology[parent].interruptCells))
    return count / cells > Int(global)
  }

  /// The SMMUs whose driver wants an interrupt for a context.
  private static let contextual = [
    "arm,mmu-400", "arm,mmu-401", "arm,mmu-500", "arm,smmu-v1", "arm,smmu-v2", "cavium,smmu-v2",
    "nvidia,smmu-500", "qcom,smmu-500", "qcom,smmu-v2",
  ]

  /// The registers of an SMMUv3 are two pages of 64 KiB, one on a chip with a fault of its own.
  ///
  /// **Source:** Linux `drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c`, `arm_smmu_device_probe`,
  /// `arm_smmu_resource_size`.
  static func leastWindow(of smmu: FlattenedTree.Node) -> UInt64 {
    smmu.has("cavium,cn9900-broken-page1-regspace") ? 0x1_0000 : 0x2_0000
  }

  private static func hasBothPages(_ smmu: FlattenedTree.Node, _ topology: Topology) -> Bool {
    guard let window = topology.registers(of: smmu).first?.range else { return false }
    return window.size >= UInt128(leastWindow(of: smmu))
  }

  /// Those whose drivers register an IOMMU, a virtio-mmio device that may be one, and pKVM's, which
  /// Android's kernel has a driver for.
  ///
  /// **Source:** Linux `drivers/iommu`, `drivers/memory/tegra/mc.c`, `drivers/xen/grant-dma-iommu.c`:
  /// callers of `iommu_device_register` and their `of_device_id` tables.
  private static let compatibles = [
    "allwinner,sun50i-h6-iommu", "allwinner,sun50i-h616-iommu", "apple,t6000-dart",
    "apple,t8103-dart", "apple,t8103-usb4-dart", "apple,t8110-dart", "arm,mmu-400", "arm,mmu-401",
    "arm,mmu-500", "arm,smmu-v1", "arm,smmu-v2", "arm,smmu-v3", "cavium,smmu-v2",
    "mediatek,mt2701-m4u", "mediatek,mt2712-m4u", "mediatek,mt6779-m4u", "mediatek,mt6795-m4u",
    "mediatek,mt8167-m4u", "mediatek,mt8173-m4u", "mediatek,mt8183-m4u",
    "mediatek,mt8186-iommu-mm", "mediatek,mt8188-iommu-infra", "mediatek,mt8188-iommu-vdo",
    "mediatek,mt8188-iommu-vpp", "mediatek,mt8192-m4u", "mediatek,mt8195-iommu-infra",
    "mediatek,mt8195-iommu-vdo", "mediatek,mt8195-iommu-vpp", "mediatek,mt8365-m4u",
    "nvidia,smmu-500", "nvidia,tegra114-mc", "nvidia,tegra124-mc", "nvidia,tegra132-mc",
    "nvidia,tegra210-mc", "nvidia,tegra30-mc", "pkvm,pviommu", "qcom,apq8064-iommu",
    "qcom,msm-iommu-v1", "qcom,msm-iommu-v2", "qcom,smmu-500", "qcom,smmu-v2",
    "renesas,ipmmu-r8a774a1", "renesas,ipmmu-r8a774b1", "renesas,ipmmu-r8a774c0",
    "renesas,ipmmu-r8a774e1", "renesas,ipmmu-r8a7795", "renesas,ipmmu-r8a7796",
    "renesas,ipmmu-r8a77961", "renesas,ipmmu-r8a77965", "renesas,ipmmu-r8a77970",
    "renesas,ipmmu-r8a77980", "renesas,ipmmu-r8a77990", "renesas,ipmmu-r8a77995",
    "renesas,ipmmu-r8a779a0", "renesas,ipmmu-vmsa", "renesas,rcar-gen4-ipmmu-vmsa",
    "rockchip,iommu", "rockchip,rk3568-iommu", "samsung,exynos-sysmmu", "sprd,iommu-v1",
    "ti,dra7-dsp-iommu", "ti,dra7-iommu", "ti,omap2-iommu", "ti,omap4-iommu", "virtio,mmio",
    "xen,grant-dma",
  ]
}
