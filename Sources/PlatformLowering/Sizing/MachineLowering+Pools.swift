import DeviceTree
import PlatformDescription
import PoolSizing

/// A pool on its way to a size and a place.
private struct PoolDraft {
  var noun: RestrictedDMAPool
  var bounds: FreeMemory.Bounds?
  var at: GuestAddress?
  var size: ByteCount
  var sizing: ComputedPool.Sizing?
  var place: ComputedPool.Place?
}

extension MachineLowering {
  /// What stands for `reg` until it is known.
  static let undecided = AddressRange(at: 0, size: .bytes(0))

  /// Gives the pools that are to be computed their sizes and places.
  ///
  /// - Parameters:
  ///   - root: The draft of the machine, in which the nodes of those pools are undecided.
  ///   - base: The tree that the machine will be merged onto; its memory and what lies there count.
  /// - Returns: The pools in the order of the description; none where there is a mistake.
  mutating func computePools(in root: inout DraftNode, base: Tree?) -> [ComputedPool] {
    let users = PoolUsers(root, pools: poolTargets)
    var drafts: [PoolDraft] = []
    for (noun, bounds) in computedPools {
      guard var draft = draft(noun, users[noun.name]) else { continue }
      draft.bounds = bounds
      drafts.append(draft)
    }
    guard drafts.count == computedPools.count else { return [] }
    // A stated address is taken before any other is chosen.
    for draft in drafts { decide(draft, in: &root) }
    if drafts.contains(where: { $0.at == nil }) {
      guard let occupancy = occupancy(of: root, base: base) else { return [] }
      var free = FreeMemory(occupancy, without: preset?.keptFree ?? [])
      for index in drafts.indices where drafts[index].at == nil {
        guard place(&drafts[index], in: &free) else { return [] }
        decide(drafts[index], in: &root)
      }
    }
    return drafts.map { draft in
      let range = AddressRange(at: draft.at ?? 0, size: draft.size)
      return ComputedPool(
        name: draft.noun.name,
        path: "/reserved-memory/" + Self.name(of: draft.noun, at: range.at), range: range,
        sizing: draft.sizing, place: draft.place)
    }
  }

  // MARK: - Sizes

  private mutating func draft(_ noun: RestrictedDMAPool, _ users: [PoolUsers.User]) -> PoolDraft? {
    guard case .computed(let placement) = noun.placement else { return nil }
    if let size = placement.size { return PoolDraft(noun: noun, at: placement.at, size: size) }
    let location = noun.declaration.location
    let page = placement.guestPageSize ?? .kib(4)
    guard checkPages(page, at: location) else { return nil }
    guard !users.isEmpty else {
      mistake(
        "description/nothing-to-compute",
        "no device uses '\(noun.name)', so nothing says how large it has to be", at: location,
        help: "name it in 'memoryRegion:' of the devices that bounce through it, or say its size")
      return nil
    }
    let sizing = ComputedPool.Sizing(
      guestPageSize: page, leastQueueSize: preset?.leastQueueSize ?? 0,
      users: users.map { user($0, page) })
    let size = sizing.demand.recommended
    let most =
      Bounce.maximumSlots(guestPageSize: page.bytes) * Bounce.slot / Bounce.unit * Bounce.unit
    guard size <= most else {
      mistake(
        "description/pool-beyond-table",
        """
        the devices of '\(noun.name)' take \(ByteCount.bytes(size)), and a pool has at most \
        \(ByteCount.bytes(most)) where the guest's pages have \(page)
        """,
        at: location,
        help: "give some of them a pool of their own, or fewer or shorter queues")
      return nil
    }
    return PoolDraft(noun: noun, at: placement.at, size: .bytes(size), sizing: sizing)
  }

  /// **Source:** Linux `arch/arm64/Kconfig`, `ARM64_PAGE_SHIFT`; `arch/riscv/include/asm/page.h`.
  private mutating func checkPages(_ page: ByteCount, at location: SourceLocation?) -> Bool {
    let sizes = architecture == .arm64 ? Bounce.guestPageSizes : [4 << 10]
    if sizes.contains(page.bytes) { return true }
    mistake(
      "description/no-such-page-size",
      architecture == .arm64
        ? "a guest of arm64 has pages of 4, 16 or 64 KiB, not of \(page)"
        : "a guest of riscv64 has pages of 4 KiB, not of \(page)",
      at: location, help: "say the size that the guest's kernel was built with")
    return false
  }

  /// Something that bounces, with what it takes.
  func user(_ user: PoolUsers.User, _ page: ByteCount) -> ComputedPool.User {
    guard let index = user.virtioIndex, virtio.indices.contains(index) else {
      return ComputedPool.User(path: user.path, demand: .unknown)
    }
    let lowered = virtio[index]
    var device = VirtioDevice(deviceID: lowered.deviceID, queues: lowered.queues)
    device.parameters = lowered.parameters
    // Rings of channel devices start on a page, as those behind registers do.
    let isMMIO = lowered.pciAddress == nil
    let demand = device.demand(
      transport: isMMIO ? .mmio : .pci, features: lowered.features, guestPageSize: page,
      leastQueueSize: isMMIO ? preset?.leastQueueSize ?? 0 : 0)
    return ComputedPool.User(
      path: user.path, pciAddress: lowered.pciAddress, deviceID: lowered.deviceID, demand: demand)
  }

  // MARK: - Places

  /// What lies where without the pools that have no place yet; nil where the machine doesn't go with its
  /// base, which is a mistake.
  private mutating func occupancy(of root: DraftNode, base: Tree?) -> Occupancy? {
    var sketch = root
    for index in sketch.children.indices where sketch.children[index].name == "reserved-memory" {
      sketch.children[index].children.removeAll { $0.isUndecided }
    }
    var layout = Layout(machine: machine.name)
    let tree = tree(of: sketch, &layout)
    guard let base else { return Occupancy(tree) }
    let based = BasedMachine(
      lowered(tree, layout), onto: base, preset: Lowering.preset(of: machine))
    report(based.mistakes)
    return based.mistakes.isEmpty ? Occupancy(based.merge.tree) : nil
  }

  private mutating func place(_ draft: inout PoolDraft, in free: inout FreeMemory) -> Bool {
    let noun = draft.noun
    let place = free.take(draft.size.bytes, within: draft.bounds) {
      Self.name(of: noun, at: GuestAddress($0))
    }
    guard let place else {
      let memory = draft.bounds?.name ?? "the memory of '\(machine.name)'"
      let hole = free.largestHole(within: draft.bounds)
      mistake(
        "description/no-room",
        "'\(draft.noun.name)' takes \(draft.size), and "
          + (hole.map {
            """
            the largest hole in \(memory) has \(ByteCount.bytes($0.size)), at \
            \(GuestAddress($0.at))
            """
          } ?? "there is no hole in \(memory)"),
        at: draft.noun.declaration.location,
        help: "give the machine more memory, make room, or say 'at:'")
      return false
    }
    draft.at = GuestAddress(place.at)
    let size = place.memory.upperBound - place.memory.lowerBound
    draft.place = ComputedPool.Place(
      memory: AddressRange(
        at: GuestAddress(place.memory.lowerBound), size: .bytes(size) + .bytes(1)),
      below: place.ceiling.owner, endsAt4GiB: place.ceiling == .fourGiB)
    return true
  }

  /// Writes down where a pool lies, if that is known.
  private func decide(_ draft: PoolDraft, in root: inout DraftNode) {
    guard let at = draft.at else { return }
    for parent in root.children.indices where root.children[parent].name == "reserved-memory" {
      for child in root.children[parent].children.indices {
        let node = root.children[parent].children[child]
        guard node.target == .region(name: draft.noun.name) else { continue }
        root.children[parent].children[child].name = Self.name(of: draft.noun, at: at)
        if node.isUndecided {
          root.children[parent].children[child].set("reg", reg: [(at, draft.size)])
        }
      }
    }
  }

  private static func name(of noun: RestrictedDMAPool, at address: GuestAddress) -> String {
    DraftNode(noun.name, at: address, declaration: noun.declaration).name
  }
}

extension DraftNode {
  /// Whether its `reg` waits to be computed; an author who replaced it has decided.
  fileprivate var isUndecided: Bool {
    guard case .reg(let ranges) = properties.first(where: { $0.name == "reg" })?.value else {
      return false
    }
    return ranges == [MachineLowering.undecided]
  }
}

extension FreeMemory.Ceiling {
  /// What lies above, where that is something.
  fileprivate var owner: String? { if case .owner(let owner) = self { owner } else { nil } }
}
