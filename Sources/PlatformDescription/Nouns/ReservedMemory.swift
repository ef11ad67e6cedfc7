/// A region that the guest's kernel keeps out of its allocator.
///
/// Becomes a child of `/reserved-memory`. For memory that confined devices bounce through, see
/// ``RestrictedDMAPool``.
///
/// **Source:** kernel binding `reserved-memory/reserved-memory.yaml`.
public struct ReservedMemory: MemoryRegion, Hashable, Codable {
  /// The name of its node, without the unit address; unique in its machine.
  public var name: String
  /// Where it lies, or where the kernel may put it.
  public var placement: Placement
  /// The `compatible` strings; empty for a region that a driver finds by reference.
  public var compatible: [String]
  /// `no-map`: the kernel makes no mapping of it, and nobody but its driver may touch it.
  public var noMap: Bool
  /// `reusable`: the kernel may use it for movable pages until its driver wants it.
  public var reusable: Bool
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .reservedMemory(self) }

  /// A region of `size` bytes at `at`.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - at: The first guest-physical address.
  ///   - size: The size, in bytes.
  ///   - compatible: The `compatible` strings.
  ///   - noMap: `no-map`.
  ///   - reusable: `reusable`; not together with `no-map`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, at: GuestAddress, size: ByteCount, compatible: [String] = [],
    noMap: Bool = false, reusable: Bool = false,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.placement = .static(AddressRange(at: at, size: size))
    self.compatible = compatible
    self.noMap = noMap
    self.reusable = reusable
    self.declaration = Declaration(file, line, column)
  }

  /// A region of `size` bytes that the kernel places at boot.
  ///
  /// - Parameters:
  ///   - name: The name of its node.
  ///   - size: The size, in bytes.
  ///   - alignment: What the base must be a multiple of; nil for the kernel's default.
  ///   - allocRanges: The ranges to look in, in order; empty for all of RAM.
  ///   - compatible: The `compatible` strings.
  ///   - noMap: `no-map`.
  ///   - reusable: `reusable`; not together with `no-map`.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, size: ByteCount, alignment: ByteCount? = nil,
    allocRanges: [AddressRange] = [], compatible: [String] = [], noMap: Bool = false,
    reusable: Bool = false,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.placement = .dynamic(
      DynamicPlacement(size: size, alignment: alignment, allocRanges: allocRanges))
    self.compatible = compatible
    self.noMap = noMap
    self.reusable = reusable
    self.declaration = Declaration(file, line, column)
  }
}
