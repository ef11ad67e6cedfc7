extension VirtioMMIO {
  /// How ACPI names a device behind virtio-mmio, so that a driver finds it.
  ///
  /// **Source:** Linux `drivers/virtio/virtio_mmio.c`, `virtio_mmio_acpi_match` and
  /// `virtio_mmio_match`; `Documentation/firmware-guide/acpi/enumeration.rst`.
  public enum HardwareID: String, Sendable, Hashable, Codable, CaseIterable {
    /// `_HID "LNRO0005"`, as VMMs write it: nothing else has to be said.
    case lnro0005
    /// `_HID "PRP0001"` and `compatible` in `_DSD`: what a tree says, for a driver that knows trees.
    case prp0001
  }
}
