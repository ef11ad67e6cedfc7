/// Collects the windows and functions of a ``PCIHostBridge``.
@resultBuilder
public enum PCIHostBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = PCIContent

  /// A window.
  public static func buildExpression(_ window: Window) -> [PCIContent] { [.window(window)] }

  /// A virtio device.
  public static func buildExpression(_ function: VirtioPCI) -> [PCIContent] {
    [.virtioPCI(function)]
  }

  /// Virtio devices that were made elsewhere.
  public static func buildExpression(_ functions: [VirtioPCI]) -> [PCIContent] {
    functions.map(PCIContent.virtioPCI)
  }

  /// A function of another kind.
  public static func buildExpression(_ function: PCIFunction) -> [PCIContent] {
    [.pciFunction(function)]
  }

  /// A virtio-iommu.
  public static func buildExpression(_ iommu: VirtioIOMMU) -> [PCIContent] {
    [.virtioIOMMU(iommu)]
  }

  /// A bridge to another bus.
  public static func buildExpression(_ bridge: PCIBridge) -> [PCIContent] {
    [.pciBridge(bridge)]
  }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message: "on PCI a virtio device is a VirtioPCI(…, slot:); a VirtioMMIO belongs in the machine"
  )
  public static func buildExpression(_ device: VirtioMMIO) -> [PCIContent] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable, message: "an SMMUv3 belongs beside the PCIHostBridge, which names it: iommu:"
  )
  public static func buildExpression(_ iommu: SMMUv3) -> [PCIContent] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message:
      "the braces of a PCIHostBridge hold windows and functions: Window, VirtioPCI, PCIFunction, PCIBridge, VirtioIOMMU(slot:)"
  )
  public static func buildExpression<Other>(_ other: Other) -> [PCIContent] { [] }
}
