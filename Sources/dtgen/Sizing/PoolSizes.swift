import DeviceTree
import GuestView
import PoolSizing

/// How large the restricted pools of a tree are, and how large they should be.
struct PoolSizes: Encodable {
  /// Something that uses a pool; all sizes in bytes.
  struct User: Encodable {
    /// The path of its node; of its host's for a PCI function that has none.
    var node: String
    /// The function of a PCI device behind its domain, `00:01.0`.
    var pciFunction: String?
    /// The virtio device ID; absent where nobody told, and it counts as a disk.
    var deviceID: Int?
    var rings: UInt64
    var resting: UInt64
    var working: UInt64
    /// All of it with every descriptor in use.
    var worst: UInt64
  }

  /// A pool; all sizes in bytes.
  struct Pool: Encodable {
    var node: String
    /// Absent where the tree doesn't say it.
    var size: UInt64?
    var users: [User]
    /// Below it a device doesn't start, or hangs with its first large request.
    var floor: UInt64
    /// The devices work side by side.
    var recommended: UInt64
    /// Nothing ever waits for room.
    var worst: UInt64
    /// The most that the guest's kernel has counted.
    var highWater: UInt64?
    /// What the count suggests: a quarter more, in whole units.
    var recommendedByCount: UInt64?
  }

  /// The version of the form.
  var version = 1
  /// The page of the guest, in bytes.
  var guestPageSize: UInt64
  /// The largest pool that such a guest can have, in bytes.
  var largestPool: UInt64
  var pools: [Pool]

  /// The pools of `view`; `counts` is what the guest's kernel counted in each, in slots, by the name of its node.
  init(_ view: GuestView, guestPageSize: UInt64, counts: [String: UInt64] = [:]) {
    self.guestPageSize = guestPageSize
    largestPool = Bounce.maximumSlots(guestPageSize: guestPageSize) * Bounce.slot
    let users = view.poolUsers
    pools = view.restrictedPools.map { pool in
      Pool(
        pool, users[pool.node.index] ?? [], guestPageSize: guestPageSize,
        count: counts[pool.node.name])
    }
  }
}

extension PoolSizes.Pool {
  fileprivate init(
    _ pool: ReservedRegion, _ devices: [DMADevice], guestPageSize: UInt64, count: UInt64?
  ) {
    // A host stands for functions of which nobody told; where somebody told of some, for none.
    let functions = devices.filter { $0.kind == .pciFunction }.map { $0.node.path + "/" }
    let counted = devices.filter { device in
      device.kind != .pciHost
        || !functions.contains { $0.hasPrefix(device.node.path + "/") }
    }
    let demands = counted.map { $0.use?.demand(guestPageSize: guestPageSize) ?? .unknown }
    let demand = PoolDemand(demands)
    node = pool.node.path
    size = pool.size
    users = zip(counted, demands).map { device, demand in
      PoolSizes.User(device, demand, guestPageSize: guestPageSize)
    }
    floor = demand.floor
    recommended = demand.recommended
    worst = users.reduce(0) { $0 + $1.worst }
    highWater = count.map { $0 * Bounce.slot }
    recommendedByCount = count.map { PoolDemand.recommended(highWater: $0) }
  }

  /// Whether some device can't work in it.
  var isTooSmall: Bool { size.map { $0 < floor } ?? false }

  /// Whether the kernel found no room in it at some time, or nearly so.
  var wasFull: Bool {
    guard let size, let highWater else { return false }
    return highWater >= size - min(size, Bounce.segment)
  }
}

extension PoolSizes.User {
  fileprivate init(_ device: DMADevice, _ demand: DeviceDemand, guestPageSize: UInt64) {
    node = device.node.path
    pciFunction = device.functionName
    deviceID = device.use?.deviceID
    rings = demand.rings * Bounce.slot
    resting = demand.resting * Bounce.slot
    working = demand.working * Bounce.slot
    worst =
      (device.use?.worst(guestPageSize: guestPageSize) ?? demand.atRest + demand.working)
      * Bounce.slot
  }
}
