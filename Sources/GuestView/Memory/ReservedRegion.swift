public import DeviceTree

/// A child of `/reserved-memory`, and what the kernel makes of it.
///
/// **Source:** Linux `drivers/of/of_reserved_mem.c`, `fdt_scan_reserved_mem`,
/// `__reserved_mem_reserve_reg`, `__reserved_mem_alloc_size`, `fdt_init_reserved_mem_node`.
public struct ReservedRegion: Sendable {
  /// What a region is for, by its `compatible`.
  public enum Kind: Sendable, Hashable {
    /// `restricted-dma-pool`: streaming DMA of the devices that refer to it bounces through it.
    case restrictedPool
    /// `shared-dma-pool` without `reusable`: a carve-out for coherent allocations.
    case coherentPool
    /// `shared-dma-pool` with `reusable`: memory of the contiguous allocator.
    case contiguous
    /// Anything else: kept from the allocator, and nothing more.
    case plain
  }

  /// Where a region is.
  public enum Extent: Sendable {
    /// `reg` says.
    case fixed(AddressRange)
    /// The kernel decides when it boots.
    case dynamic(DynamicExtent)
    /// The tree doesn't say, or not so that the kernel could read it.
    case none
  }

  /// The node.
  public let node: FlattenedTree.Node
  /// What it is for.
  public let kind: Kind
  /// Where it is; for a region with several entries in `reg`, the first, which is all that counts.
  public let extent: Extent
  /// Every entry of `reg` that can be read: the kernel keeps all of them from its allocator.
  public let entries: [Entry]
  /// Why the kernel has no such region, or none with the meaning of its kind; nil where it has.
  public let refusal: Refusal?

  /// One entry of `reg`.
  public struct Entry: Sendable {
    /// The cells.
    public let cells: Range<Int>
    /// The addresses.
    public let range: AddressRange
  }

  /// The addresses, where the tree fixes them.
  public var range: AddressRange? {
    guard case .fixed(let range) = extent else { return nil }
    return range
  }

  /// What the kernel has to find room for, where the tree doesn't fix the addresses.
  public var dynamic: DynamicExtent? {
    guard case .dynamic(let extent) = extent else { return nil }
    return extent
  }

  /// The size, in bytes, where it is known.
  public var size: UInt64? { range.map { UInt64(clamping: $0.size) } ?? dynamic?.size }

  /// Whether the region is kept out of the kernel's linear map.
  public var isUnmapped: Bool { node.has("no-map") }

  /// Whether `compatible` names a restricted pool, whatever else it names.
  public var saysRestrictedPool: Bool { node.isCompatible("restricted-dma-pool") }

  /// Whether `compatible` names a shared pool, whatever else it names.
  public var saysSharedPool: Bool { node.isCompatible("shared-dma-pool") }
}
