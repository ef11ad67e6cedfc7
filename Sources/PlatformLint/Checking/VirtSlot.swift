/// One of the transports of QEMU's machine `virt` for arm64.
///
/// **Source:** QEMU 7.2 `hw/arm/virt.c`, `base_memmap` and `a15irqmap` (VIRT_MMIO), `create_virtio_devices`;
/// `include/hw/arm/virt.h`, `NUM_VIRTIO_TRANSPORTS`.
struct VirtSlot {
  /// The address of the first.
  static let first: UInt64 = 0x0a00_0000
  /// The bytes from one to the next.
  static let size: UInt64 = 0x200

  /// Its number, from 0 to 31.
  let number: UInt32

  /// The slot at an address; nil where there is none.
  init?(at address: UInt64) {
    guard address >= Self.first, address % Self.size == 0, address < Self.first + 32 * Self.size
    else { return nil }
    number = UInt32((address - Self.first) / Self.size)
  }

  /// The number of its SPI.
  var spi: UInt32 { 16 + number }
}
