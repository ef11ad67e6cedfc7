public import DeviceTree

/// What the domains that Xen starts by itself share, by the tree that Xen boots with.
public struct XenDomains: Sendable {
  /// Memory that one domain has by itself: an entry of `xen,static-mem`.
  public struct StaticMemory: Sendable {
    /// The property.
    public let property: FlattenedTree.Property
    /// The cells of the entry.
    public let cells: Range<Int>
    /// The host's memory.
    public let range: AddressRange
  }

  /// Two nodes of several domains, or one and what else is in its place.
  public struct Overlap: Sendable {
    /// What starts first.
    public let first: Claimant
    /// What starts inside of it.
    public let second: Claimant
  }

  /// Whose memory of the host it is.
  public enum Claimant: Sendable {
    /// A domain shares it.
    case share(XenShare)
    /// A domain has it by itself.
    case staticMemory(StaticMemory)
    /// It is reserved for something else.
    case reserved(Claim)
  }

  /// The nodes of all domains that share memory, in document order.
  public let shares: [XenShare]
  private let staticMemory: [StaticMemory]
  private let reserved: [Claim]

  /// The domains of the tree that `view` is of.
  public init(_ view: GuestView) {
    var shares: [XenShare] = []
    for node in view.nodes(compatibleWith: "xen,domain-shared-memory-v1") {
      // At another depth Xen passes over it.
      guard let domain = node.parent, Self.isDomain(domain) else { continue }
      shares.append(XenShare(node, of: domain))
    }
    self.shares = shares
    guard !shares.isEmpty else {
      staticMemory = []
      reserved = []
      return
    }
    staticMemory = view.enabledProperties(named: "xen,static-mem").flatMap { property in
      Self.isDomain(property.node) ? Self.staticMemory(property) : []
    }
    reserved = view.addressMap.claims(.reservedRegion, .memoryReservation)
  }

  /// The shares by their identifiers, each group in document order, in the order of the first of each.
  public var groups: [(id: String, shares: [XenShare])] {
    var positions: [String: Int] = [:]
    var groups: [(id: String, shares: [XenShare])] = []
    for share in shares {
      guard let id = share.id else { continue }
      if let position = positions[id] {
        groups[position].shares.append(share)
      } else {
        positions[id] = groups.count
        groups.append((id, [share]))
      }
    }
    return groups
  }

  /// The pairs that have memory of the host in common and shouldn't, as many as ``Overlaps`` gives.
  ///
  /// Of shares with one identifier the first stands for all: they are to have the same memory.
  public var hostOverlaps: [Overlap] {
    var claimants: [(range: AddressRange, claimant: Claimant)] = []
    for group in groups {
      var seen: Set<AddressRange> = []
      for share in group.shares {
        guard let range = share.extent?.hostRange, seen.insert(range).inserted else { continue }
        claimants.append((range, .share(share)))
      }
    }
    claimants += staticMemory.map { ($0.range, .staticMemory($0)) }
    claimants += reserved.map { ($0.range, .reserved($0)) }
    return Self.overlaps(among: claimants).filter { overlap in
      switch (overlap.first, overlap.second) {
      case (.share(let one), .share(let other)): one.id != other.id
      case (.share, _), (_, .share): true
      default: false
      }
    }
  }

  /// The pairs of shares of one domain that have guest-physical addresses in common.
  public var guestOverlaps: [Overlap] {
    var positions: [Int: Int] = [:]
    var domains: [[(range: AddressRange, claimant: Claimant)]] = []
    for share in shares {
      guard let range = share.extent?.guestRange else { continue }
      let position = positions[share.domain.index] ?? domains.count
      if position == domains.count {
        positions[share.domain.index] = position
        domains.append([])
      }
      domains[position].append((range, .share(share)))
    }
    return domains.flatMap(Self.overlaps)
  }

  private static func overlaps(
    among claimants: [(range: AddressRange, claimant: Claimant)]
  ) -> [Overlap] {
    let sorted = claimants.enumerated().sorted {
      ($0.element.range, $0.offset) < ($1.element.range, $1.offset)
    }
    return Overlaps.pairs(among: sorted, by: \.element.range).map {
      Overlap(first: $0.first.element.claimant, second: $0.second.element.claimant)
    }
  }

  /// Whether `node` is a domain's, or `/chosen`, where those of the first domain are.
  private static func isDomain(_ node: FlattenedTree.Node) -> Bool {
    func isChosen(_ node: FlattenedTree.Node) -> Bool {
      node.isNamed("chosen") && node.parent?.index == 0
    }
    if isChosen(node) { return true }
    return node.isCompatible("xen,domain") && (node.parent.map(isChosen) ?? false)
  }

  /// **Source:** Xen `xen/common/device-tree/bootfdt.c`, `process_domain_node`: the cells are those of `/chosen`;
  /// before Xen 4.17 they stood in `#xen,static-mem-address-cells`.
  private static func staticMemory(_ property: FlattenedTree.Property) -> [StaticMemory] {
    guard let chosen = property.node.parent else { return [] }
    var cells = XenShare.cells(of: chosen)
    if let address = property.node.property("#xen,static-mem-address-cells")?.u32,
      let size = property.node.property("#xen,static-mem-size-cells")?.u32
    {
      cells = (Int(address), Int(size))
    }
    guard (1...2).contains(cells.address), (1...2).contains(cells.size) else { return [] }
    let entry = cells.address + cells.size
    guard property.count % (4 * entry) == 0 else { return [] }
    return stride(from: 0, to: property.cellCount, by: entry).compactMap { first in
      guard let at = property.number(at: first, cells: cells.address),
        let size = property.number(at: first + cells.address, cells: cells.size),
        let range = AddressRange(at: at, size: size)
      else { return nil }
      return StaticMemory(property: property, cells: first..<(first + entry), range: range)
    }
  }
}
