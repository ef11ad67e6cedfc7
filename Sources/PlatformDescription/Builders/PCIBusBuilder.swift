/// Collects the functions on the bus behind a ``PCIBridge``.
@resultBuilder
public enum PCIBusBuilder: ListBuilder {
  /// What the list holds.
  public typealias Item = PCIContent

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
    *, unavailable, message: "a Window belongs in the braces of a PCIHostBridge, which has them all"
  )
  public static func buildExpression(_ window: Window) -> [PCIContent] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message: "on PCI a virtio device is a VirtioPCI(…, slot:); a VirtioMMIO belongs in the machine"
  )
  public static func buildExpression(_ device: VirtioMMIO) -> [PCIContent] { [] }

  /// Says what belongs here.
  @available(
    *, unavailable,
    message: "the braces of a PCIBridge hold functions: VirtioPCI, PCIFunction, VirtioIOMMU(slot:)"
  )
  public static func buildExpression<Other>(_ other: Other) -> [PCIContent] { [] }
}
