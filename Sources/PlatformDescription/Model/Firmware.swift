/// In which form a guest is told what its machine has.
public enum Firmware: String, Sendable, Hashable, Codable, CaseIterable {
  /// A device tree.
  case deviceTree
  /// ACPI tables: an SSDT with the devices of the description, besides the VMM's own tables.
  case acpi
  /// ACPI tables, all that a hardware-reduced machine needs: the VMM has none of its own.
  ///
  /// **Source:** ACPI 6.5, section 4.1, Hardware-Reduced ACPI.
  case hardwareReducedACPI
}
