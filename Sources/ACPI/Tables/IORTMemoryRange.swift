/// Memory of a node of reserved memory in the ``IORT``; both a multiple of 64 KiB.
public struct IORTMemoryRange: Hashable, Sendable {
  /// Its first byte.
  public var base: UInt64
  /// Its length, in bytes.
  public var length: UInt64

  /// A range of memory.
  public init(base: UInt64, length: UInt64) {
    self.base = base
    self.length = length
  }
}
