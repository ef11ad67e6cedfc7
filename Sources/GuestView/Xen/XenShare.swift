public import DeviceTree

/// Memory that a domain of Xen shares, as the tree says that Xen boots with: a node with
/// `compatible = "xen,domain-shared-memory-v1"`.
///
/// Cell counts are those of the node above it, or what is inherited there: Xen looks further up where a node
/// says nothing.
///
/// **Source:** Xen `docs/misc/arm/device-tree/booting.txt`, static shared memory; Xen
/// `xen/common/device-tree/static-shmem.c`, `process_shm_node`.
public struct XenShare: Sendable {
  /// The size of a page of Xen's, in bytes.
  public static let pageSize: UInt64 = 4 << 10

  /// What `xen,shared-mem` says.
  public struct Extent: Sendable, Hashable {
    /// The first address of the host's memory; nil where Xen is to choose it.
    public var host: UInt64?
    /// The first guest-physical address.
    public var guest: UInt64
    /// How many bytes.
    public var size: UInt64

    /// The host's memory; nil where Xen chooses it, and where there is none or it passes 2⁶⁴.
    public var hostRange: AddressRange? { host.flatMap { AddressRange(at: $0, size: size) } }
    /// Where the domain has it; nil where it has no bytes or passes 2⁶⁴.
    public var guestRange: AddressRange? { AddressRange(at: guest, size: size) }
  }

  /// Who a domain is to the memory.
  public enum Role: String, Sendable, Hashable {
    /// The memory is its own.
    case owner
    /// It has what is another's.
    case borrower
  }

  /// The node.
  public let node: FlattenedTree.Node
  /// The node above it: that of the domain, or `/chosen` for the first domain.
  public let domain: FlattenedTree.Node
  /// `xen,shm-id`; nil where it is missing.
  public let idProperty: FlattenedTree.Property?
  /// Its value; nil where that is no text of 1 to 15 characters.
  public let id: String?
  /// `role`; nil where Xen's own domain owns the memory.
  public let roleProperty: FlattenedTree.Property?
  /// Its value; nil where that is neither of the two.
  public let role: Role?
  /// `xen,shared-mem`; nil where it is missing.
  public let extentProperty: FlattenedTree.Property?
  /// Its value; nil where it is of another length than both of its forms.
  public let extent: Extent?
  /// How many cells an address takes, and a size.
  public let cells: (address: Int, size: Int)

  /// The most characters of an identifier, which Xen keeps with a NUL in 16 bytes.
  public static let mostIDCharacters = 15

  init(_ node: FlattenedTree.Node, of domain: FlattenedTree.Node) {
    self.node = node
    self.domain = domain
    idProperty = node.property("xen,shm-id")
    id = idProperty?.string.flatMap {
      (1...Self.mostIDCharacters).contains($0.utf8.count) ? $0 : nil
    }
    roleProperty = node.property("role")
    role = roleProperty?.string.flatMap(Role.init)
    extentProperty = node.property("xen,shared-mem")
    let cells = Self.cells(of: domain)
    self.cells = cells
    extent = extentProperty.flatMap { Self.extent($0, cells) }
  }

  /// Whether Xen gives the domain its memory at the host's addresses: the first one, and one with `direct-map`.
  public var isDirectMapped: Bool { domain.isNamed("chosen") || domain.has("direct-map") }

  private static func extent(
    _ property: FlattenedTree.Property, _ cells: (address: Int, size: Int)
  ) -> Extent? {
    guard (1...2).contains(cells.address), (1...2).contains(cells.size) else { return nil }
    let short = cells.address + cells.size
    let hasHost = property.count == 4 * (short + cells.address)
    guard hasHost || property.count == 4 * short else { return nil }
    let host = hasHost ? property.number(at: 0, cells: cells.address) : nil
    let start = hasHost ? cells.address : 0
    guard let guest = property.number(at: start, cells: cells.address),
      let size = property.number(at: start + cells.address, cells: cells.size)
    else { return nil }
    return Extent(host: host, guest: guest, size: size)
  }

  /// The cell counts that hold for what is in `node`.
  ///
  /// **Source:** Xen `xen/common/device-tree/bootfdt.c`, `device_tree_for_each_node`: what isn't said is
  /// inherited, and 2 and 1 at the root.
  static func cells(of node: FlattenedTree.Node) -> (address: Int, size: Int) {
    func inherited(_ name: String, _ usual: Int) -> Int {
      var place: FlattenedTree.Node? = node
      while let here = place {
        if let cells = here.property(name)?.u32 { return Int(cells) }
        place = here.parent
      }
      return usual
    }
    return (inherited("#address-cells", 2), inherited("#size-cells", 1))
  }
}
