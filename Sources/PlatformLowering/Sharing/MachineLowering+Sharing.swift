import DeviceTree
import PlatformDescription

extension MachineLowering {
  mutating func lower(_ noun: SharedMemoryRole) {
    let location = noun.declaration.location
    checkUse(of: noun)
    guard isFirstRole(noun) else { return }
    let use = noun.use
    guard Spelling.isNodeName(noun.name) else {
      mistake(
        "description/invalid-name", "'\(noun.name)' can't name a node",
        at: noun.share.declaration.location, help: Spelling.nodeNameHelp)
      return
    }
    var node = DraftNode(
      noun.name, at: noun.range.at, declaration: noun.declaration,
      target: .region(name: noun.name))
    if use == .restrictedDMAPool { node.set("compatible", .string("restricted-dma-pool")) }
    node.set(
      "reg", .reg([noun.range]), at: noun.at == nil ? noun.share.declaration.location : location)
    if use == .noMap { node.set("no-map", .empty) }
    finish(&node)
    if use == .restrictedDMAPool {
      for target in node.targets { poolTargets[target] = noun.name }
    }
    regions.append(node)
    roles.append(noun)
  }

  /// A share by itself is a region as far as devices refer to it, and has to be told what for.
  mutating func checkUse(of noun: SharedMemoryRole) {
    guard noun.use == nil else { return }
    mistake(
      "description/role-not-said", "what does '\(machine.name)' have '\(noun.name)' for?",
      at: noun.declaration.location,
      help: "say '\(noun.name).asRestrictedDMAPool()' or '\(noun.name).asReserved(.noMap)'")
  }

  /// Whether a share's memory lies clear of all that the machine has besides.
  ///
  /// Other regions, reservations and the initial RAM disk are in the tree that the rules judge; so is a
  /// pool outside of memory.
  mutating func checkRoles(in tree: Tree, base: Tree?) {
    let ours = Occupancy(windowsOf: tree)
    let claims = ours.claims + (base.map { Occupancy(windowsOf: $0).claims } ?? [])
    for role in roles {
      guard let range = role.range.closed else { continue }
      if let clash = claims.first(where: { $0.range.overlaps(range) }) {
        mistake(
          "description/share-over-device",
          "'\(role.name)' lies where '\(machine.name)' has \(clash.owner), at \(Self.text(clash.range))",
          at: role.declaration.location,
          help: "share memory that every machine has free at this address",
          related: [.init("the share is declared here", at: role.share.declaration.location)])
      } else if role.use != .restrictedDMAPool,
        let memory = ours.memory.first(where: { $0.overlaps(range) }),
        memory.lowerBound > range.lowerBound || memory.upperBound < range.upperBound
      {
        mistake(
          "description/share-across-memory",
          "'\(role.name)' is partly memory of '\(machine.name)', which is \(Self.text(memory))",
          at: role.declaration.location,
          help: "let the machine have all of it as memory, or nothing",
          related: [.init("the share is declared here", at: role.share.declaration.location)])
      }
    }
  }

  private static func text(_ range: ClosedRange<UInt64>) -> String {
    "\(GuestAddress(range.lowerBound))..\(GuestAddress(range.upperBound))"
  }
}

extension AddressRange {
  /// From the first address to the last; nil for no bytes, and for what ends beyond 64 bits.
  var closed: ClosedRange<UInt64>? {
    guard size.bytes > 0 else { return nil }
    let (last, overflow) = at.value.addingReportingOverflow(size.bytes - 1)
    return overflow ? nil : at.value...last
  }
}

extension Occupancy {
  /// Memory, and the windows of devices, without what is kept of memory.
  init(windowsOf tree: Tree) {
    var bare = tree
    bare.memoryReservations = []
    bare.root.children.removeAll { $0.name == "reserved-memory" || $0.name == "chosen" }
    self.init(bare)
  }
}
