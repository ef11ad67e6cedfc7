/// A heap for the devices that name it: memory that their drivers allocate from.
///
/// Becomes `/reserved-memory/heap@5e000000 { compatible = "shared-dma-pool"; reg = <…>; no-map; }`, or
/// with `reusable;` in place of `no-map`. It confines nobody, and no driver of virtio takes it by
/// itself; beside a ``RestrictedDMAPool`` it gives a driver that asks for it the large blocks which
/// that pool can't.
///
/// ```swift
/// VirtioMMIO(.gpu()).memoryRegion([bounce, heap], names: ["restricted", "heap"])
/// ```
///
/// **Source:** kernel binding `reserved-memory/shared-dma-pool.yaml`; `kernel/dma/coherent.c` and
/// `kernel/dma/contiguous.c`, `rmem_dma_setup` and `rmem_cma_setup`.
public struct SharedDMAPool: MemoryRegion, Hashable, Codable {
  /// Who may use the memory while no device wants it.
  public enum Use: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody: `no-map`, without which Linux refuses to use RAM for it.
    case coherent
    /// The kernel, for pages that it can move: `reusable`, a region of the contiguous memory
    /// allocator. Base and size are multiples of a page block, 2 MiB with pages of 4 KiB.
    case reusable
    /// As `reusable`, and the one for devices that name none: `linux,cma-default`.
    case cmaDefault
  }

  /// The name of its node, without the unit address; unique in its machine.
  public var name: String
  /// Who may use the memory while no device wants it.
  public var use: Use
  /// Where it lies, or where the kernel may put it.
  public var placement: Placement
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .sharedDMAPool(self) }

  /// A heap of `size` bytes at `at`.
  public init(
    _ name: String, _ use: Use = .coherent, at: GuestAddress, size: ByteCount,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.use = use
    self.placement = .static(AddressRange(at: at, size: size))
    self.declaration = Declaration(file, line, column)
  }

  /// A heap of `size` bytes that the kernel places at boot.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - use: Who may use the memory while no device wants it.
  ///   - size: The size, in bytes.
  ///   - alignment: What the base must be a multiple of, at least a page.
  ///   - allocRanges: The ranges to look in, in order; empty for all of RAM.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, _ use: Use = .coherent, size: ByteCount, alignment: ByteCount,
    allocRanges: [AddressRange] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.use = use
    self.placement = .dynamic(
      DynamicPlacement(size: size, alignment: alignment, allocRanges: allocRanges))
    self.declaration = Declaration(file, line, column)
  }
}
