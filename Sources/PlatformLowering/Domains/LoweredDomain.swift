import PlatformDescription

/// A domain of a hypervisor's IOMMUs, which is in no tree.
public struct LoweredDomain: Sendable, Hashable {
  /// A stream that goes through it.
  public struct Member: Sendable, Hashable {
    /// The path of the SMMU's node.
    public var iommu: String
    /// The stream ID.
    public var stream: UInt32
    /// The number of the IOMMU that the guest sees in its place; nil for none.
    public var guestIOMMU: UInt32?
    /// By which ID that one knows the device; nil for none.
    public var guestStream: UInt32?
  }

  /// Its name.
  public var name: String
  /// The virtual machine that the devices are given to.
  public var owner: String
  /// The streams, in the order of the description.
  public var members: [Member]

  init(_ noun: IOMMUDomain, path: (Target) -> String?) {
    name = noun.name
    owner = noun.owner
    members = noun.members.compactMap { member in
      path(Target(member.iommu)).map {
        Member(
          iommu: $0, stream: member.stream,
          guestIOMMU: member.guestIOMMU.map { UInt32(truncatingIfNeeded: $0.at?.value ?? 0) },
          guestStream: member.guestStream)
      }
    }
  }
}
