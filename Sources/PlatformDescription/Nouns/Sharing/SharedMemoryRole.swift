/// What one machine has ``SharedMemory`` for.
///
/// Made by `asRestrictedDMAPool()` and `asReserved(_:)` of the share, and written in the braces of the
/// machine, or of the ``Memory`` that contains it. Becomes a child of `/reserved-memory`.
///
/// **Source:** kernel binding `reserved-memory/reserved-memory.yaml`.
public struct SharedMemoryRole: MemoryRegion, Hashable, Codable {
  /// What a machine does with the memory.
  public enum Use: String, Sendable, Hashable, Codable, CaseIterable {
    /// The frontend's: its devices bounce through it.
    case restrictedDMAPool
    /// The backend's: its kernel makes no mapping of it, `no-map`, and whoever serves the devices makes one.
    case noMap
    /// The backend's: its kernel has it mapped with the rest of its RAM, and allocates nothing from it.
    case mapped

    init(_ reservation: Reservation) {
      switch reservation {
      case .noMap: self = .noMap
      case .mapped: self = .mapped
      }
    }
  }

  /// Whether the kernel of a backend maps the memory.
  public enum Reservation: Sendable, Hashable {
    /// `no-map`: it does not.
    case noMap
    /// It does, with the rest of its RAM.
    case mapped
  }

  /// The memory.
  public var share: SharedMemory
  /// What the machine does with it; nil where nobody said, which is a mistake.
  public var use: Use?
  /// Where this machine has it, if elsewhere than the others; nil for the address of the share.
  public var at: GuestAddress?
  /// Where it was written, and what was said about it.
  public var declaration: Declaration

  /// The name of the share, and of its node.
  public var name: String { share.name }
  /// Where this machine has it.
  public var placement: Placement { .static(range) }
  /// Where this machine has it.
  public var range: AddressRange { AddressRange(at: at ?? share.at, size: share.size) }
  /// The component as the model keeps it.
  public var element: Element { .sharedMemory(self) }

  init(_ share: SharedMemory, _ use: Use?, at: GuestAddress?, _ declaration: Declaration) {
    self.share = share
    self.use = use
    self.at = at
    self.declaration = declaration
  }
}
