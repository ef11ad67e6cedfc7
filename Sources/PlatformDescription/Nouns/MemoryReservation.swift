/// Memory that the kernel must not touch before it reads the nodes: an entry of the memory reservation
/// block, `/memreserve/ 0x48000000 0x1000;` in source text.
///
/// For memory that a driver or a device is to find, see ``ReservedMemory``: this has neither a name nor
/// a purpose.
///
/// **Source:** Devicetree Specification 0.4, section 5.3; Linux `drivers/of/fdt.c`,
/// `early_init_fdt_scan_reserved_mem`.
public struct MemoryReservation: Component, Hashable, Codable {
  /// The first guest-physical address.
  public var at: GuestAddress
  /// The size, in bytes; at least 1, because an entry of size 0 ends the block.
  public var size: ByteCount
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .memoryReservation(self) }

  /// An entry of `size` bytes at `at`.
  public init(
    at: GuestAddress, size: ByteCount,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.size = size
    self.declaration = Declaration(file, line, column)
  }
}
