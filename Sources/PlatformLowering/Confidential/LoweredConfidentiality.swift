public import PlatformDescription

/// What follows for a guest from what keeps its memory from the host.
public struct LoweredConfidentiality: Sendable, Hashable {
  /// Linux's default pool, through which the devices bounce.
  public struct DefaultPool: Sendable, Hashable {
    /// What the devices take of it at a usual load, in bytes: their rings are elsewhere.
    public var need: UInt64
    /// How large Linux makes it unless it is told, in bytes.
    public var usual: UInt64
    /// How many slots of 2 KiB the kernel has to be told that it has; nil where it has enough.
    public var slots: UInt64?
    /// Whether the kernel has to be told to bounce through it.
    public var isForced = false

    /// What stands on the kernel's command line for it; nil where nothing has to.
    ///
    /// **Source:** Linux 6.12 `kernel/dma/swiotlb.c`, `setup_io_tlb_npages`.
    public var kernelArgument: String? {
      let words = (slots.map { ["\($0)"] } ?? []) + (isForced ? ["force"] : [])
      return words.isEmpty ? nil : "swiotlb=" + words.joined(separator: ",")
    }
  }

  /// What keeps the memory from the host.
  public var kind: Confidentiality
  /// The pool; nil where devices have pools of their own.
  public var defaultPool: DefaultPool?
}
