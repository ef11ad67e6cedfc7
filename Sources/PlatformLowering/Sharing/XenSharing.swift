public import DeviceTree
public import PlatformDescription

/// What Xen is told of the memory that machines share: an overlay for the tree that Xen boots with.
///
/// For each machine there is a fragment for its domain, whose node is called like the machine, with a node for
/// each share:
///
/// ```
/// /chosen/primary/vrings-shared-mem {
///     compatible = "xen,domain-shared-memory-v1";
///     xen,shm-id = "vrings";
///     xen,shared-mem = <0x0 0x50000000 0x0 0x1000000>;
/// };
/// ```
///
/// The domain has to be there already: an overlay can't be laid over a tree that lacks the node, so that a
/// name that is no domain's is found before Xen boots.
///
/// **Source:** Xen `docs/misc/arm/device-tree/booting.txt`, static shared memory;
/// `xen/common/device-tree/static-shmem.c`, `process_shm_node`.
public struct XenSharing: Sendable {
  /// The most characters of an identifier: Xen keeps it with a NUL in 16 bytes.
  public static let mostIDCharacters = 15

  /// A machine's part of a share: where the host has the memory is known, or Xen chooses.
  public struct Part: Sendable, Hashable {
    /// The name of the machine, and of its domain's node.
    public var machine: String
    /// The name of the share, and its identifier.
    public var share: String
    /// Where the machine has it.
    public var guest: AddressRange
    /// The first address of the host's memory; nil where Xen chooses it.
    public var host: UInt64?
  }

  /// The overlay; a fragment for each machine that shares memory.
  public let overlay: Tree
  /// What is wrong: names that Xen doesn't take.
  public let mistakes: [Mistake]
  /// The roles that Xen leaves without effect: it makes no pools.
  public let poolsNotMade: [Mistake]

  /// Tells Xen of `shares`.
  ///
  /// - Parameters:
  ///   - shares: The shares of a platform.
  ///   - host: Where the host has the memory of the share and the machine of these positions; nil where Xen
  ///     is to choose.
  public init(_ shares: [LoweredShare], host: (Int, Int) -> UInt64?) {
    var mistakes: [Mistake] = []
    var pools: [Mistake] = []
    var parts: [Part] = []
    for (number, share) in shares.enumerated() {
      if share.name.utf8.count > Self.mostIDCharacters {
        mistakes.append(
          Mistake(
            "description/xen-name-too-long",
            "'\(share.name)' is \(share.name.utf8.count) characters long, and Xen takes "
              + "\(Self.mostIDCharacters)",
            at: share.location,
            help: "give the share a name of 1 to \(Self.mostIDCharacters) characters"))
      }
      for (position, party) in share.parties.enumerated() {
        parts.append(
          Part(
            machine: party.machine, share: share.name, guest: party.role.range,
            host: host(number, position)))
        guard party.role.use == .restrictedDMAPool else { continue }
        pools.append(
          Mistake(
            "description/xen-makes-no-pool",
            "Xen writes the tree of '\(party.machine)' itself, with '\(share.name)' as plain memory",
            at: party.role.location,
            help:
              "have what starts the guest's kernel make it a restricted pool",
            related: [.init("the share is declared here", at: share.location)]))
      }
    }
    let machines = parts.map(\.machine)
    for machine in Set(machines).sorted() where !Spelling.isNodeName(machine) {
      mistakes.append(
        Mistake(
          "description/xen-domain-name", "'\(machine)' can't name the node of a domain", at: nil,
          help: Spelling.nodeNameHelp))
    }
    self.mistakes = mistakes
    poolsNotMade = pools
    overlay = Self.overlay(parts)
  }

  private static func overlay(_ parts: [Part]) -> Tree {
    var root = DeviceTree.Node("")
    var positions: [String: Int] = [:]
    for part in parts {
      let position = positions[part.machine] ?? root.children.count
      if position == root.children.count {
        positions[part.machine] = position
        root.children.append(
          DeviceTree.Node(
            "fragment@\(position)",
            properties: [DeviceTree.Property("target-path", .string("/chosen/" + part.machine))],
            children: [DeviceTree.Node("__overlay__")]))
      }
      root.children[position].children[0].children.append(node(of: part))
    }
    return Tree(root: root)
  }

  private static func node(of part: Part) -> DeviceTree.Node {
    func cells(_ number: UInt64) -> [UInt32] {
      [UInt32(truncatingIfNeeded: number >> 32), UInt32(truncatingIfNeeded: number)]
    }
    let numbers = [part.host, part.guest.at.value, part.guest.size.bytes].compactMap(\.self)
    return DeviceTree.Node(
      part.share + "-shared-mem",
      properties: [
        DeviceTree.Property("compatible", .string("xen,domain-shared-memory-v1")),
        DeviceTree.Property("xen,shm-id", .string(part.share)),
        DeviceTree.Property("xen,shared-mem", .cells(numbers.flatMap(cells))),
      ])
  }
}
