/// A number that changes when the machine is restored or cloned, so that the guest draws new random
/// numbers.
///
/// Becomes `vmgenid@… { compatible = "microsoft,vmgenid"; reg = <…>; interrupts = <…>; }`. The 16 bytes
/// lie in memory that the guest is not told of as RAM, as Firecracker's do.
///
/// **Source:** kernel binding `rng/microsoft,vmgenid.yaml`; Linux `drivers/virt/vmgenid.c`; Firecracker
/// `src/vmm/src/arch/aarch64/fdt.rs`, `create_vmgenid_node`.
public struct VMGenID: Referable, Hashable, Codable {
  /// The address of the number.
  public var at: GuestAddress
  /// Its interrupt.
  public var interrupt: Interrupt
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .vmGenID(self) }
  /// The address of the number.
  public var referenceAddress: GuestAddress? { at }

  /// A number at `at`, 16 bytes; the interrupt says that it has changed.
  public init(
    at: GuestAddress, interrupt: Interrupt,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.interrupt = interrupt
    self.declaration = Declaration(file, line, column)
  }
}
