/// Somebody who claims guest-physical addresses by a table.
public struct TableClaim: Sendable {
  /// What the addresses are claimed as.
  public enum Kind: Int, Sendable, Hashable {
    /// The registers of a device.
    case deviceWindow
    /// A window of a PCI host, in which its functions get their addresses.
    case pciWindow
    /// The configuration space of PCI.
    case configurationSpace
    /// The registers of an interrupt controller.
    case interruptController
    /// The registers of an SMMU.
    case iommu
  }

  /// The addresses.
  public let range: AddressRange
  /// What they are claimed as.
  public let kind: Kind
  /// The device, where it is one of the namespace.
  public let device: TableDevice?
  /// Where that is said.
  public let place: TablePlace

  /// What reports call whoever claims them: a path, or `the distributor of the GIC`.
  public let owner: String
}
