/// A domain of a hypervisor's IOMMUs: one set of page tables, and the streams whose DMA goes through it.
///
/// It stands in the braces of the machine whose tree has the ``SMMUv3``, and says to which machine the
/// devices are given, so that they reach that one's memory and no other's:
///
/// ```swift
/// IOMMUDomain("net", of: "guest", members: [
///   .stream(0x10, of: smmu),
///   .stream(0x11, of: smmu, as: 0x1, of: pviommu),  // what the guest knows it by
/// ])
/// ```
///
/// No tree says so: the host's kernel finds a plain SMMU, and the hypervisor takes it over before. It is
/// checked, and part of what `dtgen build --emit facts` writes. As soon as a domain has a stream of an SMMU,
/// each stream of its devices has to be in one, since the hypervisor lets nothing past.
///
/// **Source:** pKVM's SMMUv3 driver as proposed for Linux (`drivers/iommu/arm/arm-smmu-v3/pkvm`, series of
/// 2025 and 2026); Android's pvmfw, `device_assignment.rs`.
public struct IOMMUDomain: Component, Hashable, Codable {
  /// A stream of an SMMU.
  public struct Member: Sendable, Hashable, Codable {
    /// The SMMU.
    public var iommu: Reference
    /// The stream ID.
    public var stream: UInt32
    /// The IOMMU that the guest sees in its place; nil for a guest that sees none.
    public var guestIOMMU: Reference?
    /// By which ID that one knows the device; nil for a guest that sees none.
    public var guestStream: UInt32?
    /// Where it was written.
    public var location: SourceLocation?

    /// The stream `id` of `smmu`.
    public static func stream(
      _ id: UInt32, of smmu: SMMUv3, file: String = #filePath, line: Int = #line,
      column: Int = #column
    ) -> Member {
      Member(
        iommu: Reference(to: smmu), stream: id,
        location: Declaration(file, line, column).location)
    }

    /// The stream `id` of `smmu`, which the guest knows as `guestID` of `pviommu`.
    public static func stream(
      _ id: UInt32, of smmu: SMMUv3, as guestID: UInt32, of pviommu: PKVMIOMMU,
      file: String = #filePath, line: Int = #line, column: Int = #column
    ) -> Member {
      Member(
        iommu: Reference(to: smmu), stream: id, guestIOMMU: Reference(to: pviommu),
        guestStream: guestID, location: Declaration(file, line, column).location)
    }
  }

  /// Its name, unique in the platform.
  public var name: String
  /// The virtual machine that the devices are given to.
  public var owner: String
  /// The streams, each of which is in one domain.
  public var members: [Member]
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The component as the model keeps it.
  public var element: Element { .iommuDomain(self) }

  /// A domain.
  ///
  /// - Parameters:
  ///   - name: Its name, unique in the platform.
  ///   - owner: The virtual machine that the devices are given to.
  ///   - members: The streams.
  ///   - file: The file of the description; filled in by the compiler.
  ///   - line: Its line; filled in by the compiler.
  ///   - column: Its column; filled in by the compiler.
  public init(
    _ name: String, of owner: String, members: [Member],
    file: String = #filePath, line: Int = #line, column: Int = #column
  ) {
    self.name = name
    self.owner = owner
    self.members = members
    self.declaration = Declaration(file, line, column)
  }
}
