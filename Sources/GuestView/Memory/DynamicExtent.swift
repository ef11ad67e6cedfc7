/// A region for which the kernel finds room when it boots.
public struct DynamicExtent: Sendable {
  /// The size, in bytes, not 0.
  public let size: UInt64
  /// The alignment, in bytes; nil where the tree has none, which means a cache line.
  public let alignment: UInt64?
  /// The ranges that are tried, in order; empty where the whole memory is.
  public let ranges: [AddressRange]
}
