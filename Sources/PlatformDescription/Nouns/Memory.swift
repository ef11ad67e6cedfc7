/// RAM of the guest, with the regions reserved in it.
///
/// Becomes `memory@40000000 { device_type = "memory"; reg = <…>; }`; the regions in braces become
/// children of `/reserved-memory`.
///
/// **Source:** Devicetree Specification 0.4, section 3.4.
public struct Memory: Component, Hashable, Codable {
  /// The first guest-physical address.
  public var at: GuestAddress
  /// The size, in bytes.
  public var size: ByteCount
  /// The regions reserved in it: ``ReservedMemory``, ``RestrictedDMAPool``, ``SharedDMAPool`` and
  /// ``SharedMemoryRole``.
  public var regions: [Element]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .memory(self) }

  /// RAM of `size` bytes at `at`, with the reserved regions in braces.
  public init(
    at: GuestAddress, size: ByteCount,
    file: String = #filePath, line: Int = #line, column: Int = #column,
    @MemoryRegionBuilder _ regions: () -> [Element] = { [] }
  ) {
    self.at = at
    self.size = size
    self.regions = regions()
    self.declaration = Declaration(file, line, column)
  }
}
