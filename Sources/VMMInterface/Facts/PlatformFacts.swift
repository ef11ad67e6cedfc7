/// The layout of all machines of a platform as tables without nesting, for a hypervisor that is to have no
/// parser of device trees.
///
/// Everything is read from the trees that were written and judged, as their guests see them; of the
/// description there is only what no tree says: which machine serves a device, what a
/// share is called, and which streams are in which domain.
/// Rows refer to rows of other tables by their positions, from 0.
///
/// `schemas/facts.schema.json` is the form in JSON, ``cHeader`` the one in C.
public struct PlatformFacts: Sendable, Hashable {
  /// The version of both forms.
  public static let version = 1

  /// The name of the platform.
  public var platform: String
  /// The machines, in the order of the description.
  public var machines: [Machine] = []
  /// RAM, machine by machine, in document order.
  public var memory: [Memory] = []
  /// What is reserved of it or beside it.
  public var regions: [Region] = []
  /// The memory that several machines have.
  public var shares: [Share] = []
  /// Who has it.
  public var parties: [Party] = []
  /// What stands between devices and memory.
  public var iommus: [IOMMU] = []
  /// The devices, functions of PCI behind their host.
  public var devices: [Device] = []
  /// The guest-physical addresses of devices.
  public var windows: [Window] = []
  /// The interrupts of devices that are wired.
  public var interrupts: [Interrupt] = []
  /// By which IDs IOMMUs know devices.
  public var streams: [Stream] = []
  /// The domains of a hypervisor's IOMMUs.
  public var domains: [Domain] = []
  /// The streams that go through each.
  public var members: [Member] = []

  /// A virtual machine.
  public struct Machine: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
  }

  /// A range of RAM.
  public struct Memory: Sendable, Hashable, Encodable {
    /// The machine.
    public var machine: Int
    /// The first guest-physical address.
    public var first: UInt64
    /// The last one, included.
    public var last: UInt64
  }

  /// A child of `/reserved-memory`.
  public struct Region: Sendable, Hashable, Encodable {
    /// What it is for.
    public enum Kind: String, Sendable, Hashable, Encodable, CaseIterable {
      /// Devices that refer to it bounce through it.
      case restrictedPool
      /// Coherent allocations of a driver that asks for it.
      case coherentPool
      /// The contiguous allocator.
      case contiguous
      /// Nothing that a kernel knows of.
      case reserved
    }

    /// The machine.
    public var machine: Int
    /// The path of its node.
    public var node: String
    /// What it is for.
    public var kind: Kind
    /// Whether the kernel has it in its linear map.
    public var mapped: Bool
    /// The first guest-physical address; nil where the kernel decides.
    public var first: UInt64?
    /// The last one, included; nil where the kernel decides.
    public var last: UInt64?
    /// The size in bytes, where the kernel decides about the place.
    public var size: UInt64?
  }

  /// Memory that several machines have.
  public struct Share: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
  }

  /// A machine's part of a share.
  public struct Party: Sendable, Hashable, Encodable {
    /// What the machine does with it.
    public enum Role: String, Sendable, Hashable, Encodable, CaseIterable {
      /// Its devices bounce through it.
      case frontend
      /// It serves those devices.
      case backend
      /// No device of anybody's bounces through it.
      case peer
    }

    /// The share.
    public var share: Int
    /// The machine.
    public var machine: Int
    /// What it does with the memory.
    public var role: Role
    /// The region.
    public var region: Int?
    /// The first guest-physical address.
    public var first: UInt64
    /// The last one, included.
    public var last: UInt64
  }
}
