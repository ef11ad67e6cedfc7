import DeviceTree

/// The properties that a restricted pool must not have.
///
/// **Source:** Linux `kernel/dma/swiotlb.c`, `rmem_swiotlb_setup`.
public enum ForbiddenPoolProperties {
  /// Their names, in the order in which the kernel asks.
  public static let names = ["reusable", "linux,cma-default", "linux,dma-default", "no-map"]

  static func first(in node: FlattenedTree.Node) -> String? { names.first { node.has($0) } }
}
