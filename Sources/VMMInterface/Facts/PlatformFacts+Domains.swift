extension PlatformFacts {
  /// A domain of a hypervisor's IOMMUs: one set of page tables.
  public struct Domain: Sendable, Hashable, Encodable {
    /// Its name.
    public var name: String
    /// The machine whose tree has the IOMMUs.
    public var machine: Int
    /// The machine that the devices are given to, whose memory they reach.
    public var owner: Int
  }

  /// A stream that goes through a domain.
  public struct Member: Sendable, Hashable, Encodable {
    /// The domain.
    public var domain: Int
    /// The IOMMU.
    public var iommu: Int
    /// The stream ID.
    public var id: UInt32
    /// The IOMMU that the owner sees in its place; nil for none.
    public var guestIOMMU: Int?
    /// By which ID that one knows the device; nil for none.
    public var guestID: UInt32?
  }

  /// A domain as a description has it, which no tree does.
  public struct DeclaredDomain: Sendable, Hashable {
    /// A stream that goes through it.
    public struct Member: Sendable, Hashable {
      /// The path of the IOMMU's node.
      public var iommu: String
      /// The stream ID.
      public var id: UInt32
      /// The number of the IOMMU of pKVM's that the owner sees; nil for none.
      public var guestIOMMU: UInt32?
      /// By which ID that one knows the device; nil for none.
      public var guestID: UInt32?

      /// A stream.
      public init(iommu: String, id: UInt32, guestIOMMU: UInt32? = nil, guestID: UInt32? = nil) {
        self.iommu = iommu
        self.id = id
        self.guestIOMMU = guestIOMMU
        self.guestID = guestID
      }
    }

    /// Its name.
    public var name: String
    /// The name of the machine whose tree has the IOMMUs.
    public var machine: String
    /// The name of the machine that the devices are given to.
    public var owner: String
    /// The streams.
    public var members: [Member]

    /// A domain.
    public init(name: String, machine: String, owner: String, members: [Member]) {
      self.name = name
      self.machine = machine
      self.owner = owner
      self.members = members
    }
  }

  /// Adds the domains both of whose machines are among these, with what their trees have of them.
  mutating func add(_ declared: [DeclaredDomain]) {
    for domain in declared {
      guard let machine = machines.firstIndex(where: { $0.name == domain.machine }),
        let owner = machines.firstIndex(where: { $0.name == domain.owner })
      else { continue }
      for member in domain.members {
        guard
          let iommu = iommus.firstIndex(where: {
            $0.machine == machine && $0.node == member.iommu
          })
        else { continue }
        let guest = member.guestIOMMU.flatMap { id in
          iommus.firstIndex { $0.machine == owner && $0.kind == .pkvm && $0.id == id }
        }
        members.append(
          Member(
            domain: domains.count, iommu: iommu, id: member.id, guestIOMMU: guest,
            guestID: guest == nil ? nil : member.guestID))
      }
      domains.append(Domain(name: domain.name, machine: machine, owner: owner))
    }
  }
}
