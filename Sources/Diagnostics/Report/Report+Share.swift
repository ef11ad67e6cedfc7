extension Report {
  /// Memory that several machines share, or seem to, in a run that judges them together.
  public struct Share: Sendable, Hashable {
    /// How it came to be taken for shared.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
      /// A description says so.
      case declared
      /// The command line names it.
      case selected
      /// It has the same identifier in several machines.
      case identified
      /// It looks alike in several machines.
      case proposed
    }

    /// What one machine has of it.
    public struct Party: Sendable, Hashable {
      /// The file of its tree.
      public var file: String
      /// The path of the node; nil for an entry of the memory reservation block.
      public var node: String?
      /// What it is in the tree, in a few words.
      public var what: String
      /// `frontend` or `backend`; nil where nothing tells.
      public var role: String?
      /// Why it is taken for a part of the share, as the end of a line.
      public var match: String
      /// The first address; nil where the kernel decides.
      public var address: UInt64?
      /// The size, in bytes; nil where nothing tells.
      public var size: UInt128?

      /// A party.
      public init(
        file: String, node: String?, what: String, role: String?, match: String,
        address: UInt64? = nil, size: UInt128? = nil
      ) {
        self.file = file
        self.node = node
        self.what = what
        self.role = role
        self.match = match
        self.address = address
        self.size = size
      }
    }

    /// What it is called.
    public var name: String
    /// How it came to be taken for shared.
    public var origin: Origin
    /// What each machine has of it.
    public var parties: [Party]

    /// A share.
    public init(name: String, origin: Origin, parties: [Party]) {
      self.name = name
      self.origin = origin
      self.parties = parties
    }
  }
}
