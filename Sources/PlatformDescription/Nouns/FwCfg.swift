/// QEMU's firmware configuration: how firmware and guest ask the VMM for files.
///
/// Becomes `fw-cfg@9020000 { compatible = "qemu,fw-cfg-mmio"; reg = <…>; dma-coherent; }`. Its DMA is the
/// guest's own choice of addresses; a guest that never asks does none.
///
/// **Source:** kernel binding `firmware/qemu,fw-cfg-mmio.yaml`; QEMU 7.2 `hw/arm/virt.c`,
/// `create_fw_cfg`.
public struct FwCfg: Referable, Hashable, Codable {
  /// The address of its registers.
  public var at: GuestAddress
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .fwCfg(self) }
  /// The address of its registers.
  public var referenceAddress: GuestAddress? { at }

  /// The registers at `at`, 24 bytes.
  public init(
    at: GuestAddress,
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.at = at
    self.declaration = Declaration(file, line, column)
  }
}
