/// In which form a guest is told what its machine has.
public enum Firmware: String, Sendable, Hashable, Codable, CaseIterable {
  /// A device tree.
  case deviceTree
  /// ACPI tables: an SSDT with the devices of the description, besides the VMM's own tables.
  case acpi
}
