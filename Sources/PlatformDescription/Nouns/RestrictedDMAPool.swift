/// A restricted DMA pool: the only memory through which the devices that name it exchange data.
///
/// Becomes `/reserved-memory/bounce@5f000000 { compatible = "restricted-dma-pool"; reg = <…>; }`.
/// The kernel bounces every buffer of those devices through it. It must lie inside RAM, on a page
/// boundary; multiples of 256 KiB waste nothing.
///
/// How large it has to be follows from the devices that name it, and where it may lie from what else is in
/// memory; `dtgen build` says how it came to either:
///
/// ```swift
/// let bounce = RestrictedDMAPool("bounce", size: .computed)
/// let other = RestrictedDMAPool("other", at: .computed, size: .mib(8))
/// ```
///
/// What a VMM loads and a description doesn't state, no place can avoid: say `initrd:` of ``Chosen`` where
/// the VMM puts the initial RAM disk at the end of memory.
///
/// **Source:** kernel binding `reserved-memory/shared-dma-pool.yaml`; `kernel/dma/swiotlb.c`,
/// `rmem_swiotlb_setup`.
public struct RestrictedDMAPool: MemoryRegion, Hashable, Codable {
  /// The name of its node, without the unit address; unique in its machine.
  public var name: String
  /// Where it lies, or where the kernel may put it.
  public var placement: Placement
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .restrictedDMAPool(self) }

  /// A pool of `size` bytes at `at`.
  public init(
    _ name: String, at: GuestAddress, size: ByteCount,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.placement = .static(AddressRange(at: at, size: size))
    self.declaration = Declaration(file, line, column)
  }

  /// A pool of `size` bytes that the kernel places at boot.
  ///
  /// A VMM that has to know the address, or another VM that has to share it, needs a static one.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - size: The size, in bytes.
  ///   - alignment: What the base must be a multiple of; without it the kernel keeps to cache
  ///     lines alone, and a pool off the page boundary is never usable.
  ///   - allocRanges: The ranges to look in, in order; empty for all of RAM.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, size: ByteCount, alignment: ByteCount, allocRanges: [AddressRange] = [],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.placement = .dynamic(
      DynamicPlacement(size: size, alignment: alignment, allocRanges: allocRanges))
    self.declaration = Declaration(file, line, column)
  }

  /// A pool whose size follows from the devices that name it, at the highest free place in the memory in
  /// whose braces it stands, or else in the lowest.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - at: `.computed`.
  ///   - size: `.computed`, or `.computed(guestPageSize: .kib(64))` and its like.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, at: ComputedAddress = .computed, size: ComputedSize,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      name, ComputedPlacement(guestPageSize: size.guestPageSize), Declaration(file, line, column))
  }

  /// A pool at `at`, whose size follows from the devices that name it.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - at: The first guest-physical address.
  ///   - size: `.computed`, or `.computed(guestPageSize: .kib(64))` and its like.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, at: GuestAddress, size: ComputedSize,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(
      name, ComputedPlacement(at: at, guestPageSize: size.guestPageSize),
      Declaration(file, line, column))
  }

  /// A pool of `size` bytes at the highest free place in the memory in whose braces it stands, or else in
  /// the lowest.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - at: `.computed`.
  ///   - size: The size, in bytes.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, at: ComputedAddress, size: ByteCount,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.init(name, ComputedPlacement(size: size), Declaration(file, line, column))
  }

  /// Says what is missing.
  @available(
    *, unavailable,
    message:
      "say 'at:' too, an address or '.computed'; or 'alignment:' for a pool that the kernel places"
  )
  public init(_ name: String, size: ByteCount) {
    self.init(name, ComputedPlacement(size: size), Declaration(nil))
  }

  private init(_ name: String, _ placement: ComputedPlacement, _ declaration: Declaration) {
    self.name = name
    self.placement = .computed(placement)
    self.declaration = declaration
  }
}
