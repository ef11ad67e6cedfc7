import DeviceTree
import PlatformDescription

/// Which devices bounce through which pool, as Linux will have it.
///
/// **Source:** Linux 6.12 `drivers/of/device.c`, `of_dma_set_restricted_buffer`: the first restricted pool
/// of `memory-region`; a PCI function without that property has its host's.
struct PoolUsers {
  struct User {
    /// The path of its node, or of its host.
    var path: String
    /// The position among the virtio devices; nil for what is none.
    var virtioIndex: Int?
  }

  private let pools: [Target: String]
  private var users: [String: [User]] = [:]

  /// The users of all pools below `root`.
  ///
  /// - Parameters:
  ///   - root: The root of a draft.
  ///   - pools: The names of the restricted pools, by all that they can be referred to as.
  init(_ root: DraftNode, pools: [Target: String]) {
    self.pools = pools
    for child in root.children { visit(child, "/" + child.name) }
  }

  /// What uses the pool of this name: virtio devices in the order of the description, then others.
  subscript(name: String) -> [User] {
    let all = users[name] ?? []
    let virtio = all.filter { $0.virtioIndex != nil }
    return virtio.sorted { ($0.virtioIndex ?? 0) < ($1.virtioIndex ?? 0) }
      + all.filter { $0.virtioIndex == nil }
  }

  private mutating func visit(_ node: DraftNode, _ path: String) {
    let pool = pool(of: node) ?? nil
    guard node.isPCIBus else {
      add(User(path: path, virtioIndex: node.virtioIndex), to: pool)
      for child in node.children { visit(child, path + "/" + child.name) }
      return
    }
    let before = pool.map { users[$0]?.count ?? 0 }
    for index in node.functionIndices { add(User(path: path, virtioIndex: index), to: pool) }
    visitFunctions(of: node, path, hostPool: pool)
    // What will be plugged in nobody knows.
    if let pool, users[pool]?.count ?? 0 == before {
      add(User(path: path, virtioIndex: nil), to: pool)
    }
  }

  private mutating func visitFunctions(
    of bus: DraftNode, _ path: String, hostPool: String?
  ) {
    for child in bus.children {
      let childPath = path + "/" + child.name
      if child.isPCIBus {
        visitFunctions(of: child, childPath, hostPool: hostPool)
      } else if child.properties.contains(where: { $0.name == "reg" }) {
        add(
          User(path: childPath, virtioIndex: child.virtioIndex), to: pool(of: child) ?? hostPool)
      }
    }
  }

  private mutating func add(_ user: User, to pool: String?) {
    guard let pool else { return }
    users[pool, default: []].append(user)
  }

  /// The pool that `node` names: nil without `memory-region`, `.some(nil)` for one without a pool.
  private func pool(of node: DraftNode) -> String?? {
    guard let value = node.properties.first(where: { $0.name == "memory-region" })?.value else {
      return nil
    }
    guard case .cells(let cells) = value else { return .some(nil) }
    for case .phandle(let target) in cells {
      if let pool = pools[target] { return .some(pool) }
    }
    return .some(nil)
  }
}

extension DraftNode {
  /// Whether it is a PCI host or a bridge.
  fileprivate var isPCIBus: Bool {
    guard case .fixed(let value) = properties.first(where: { $0.name == "device_type" })?.value
    else { return false }
    return value == .string("pci")
  }
}
