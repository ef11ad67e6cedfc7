/// What one device takes of its pool, in slots of 2 KiB.
public struct DeviceDemand: Sendable, Hashable {
  /// The path of the device's node, or what else names it.
  public var device: String
  /// The standard's name of its type.
  public var type: String
  /// Its queues: taken when the driver starts, kept until it stops.
  public var rings: UInt64
  /// Buffers that lie in the queues while nothing happens.
  public var resting: UInt64
  /// What it takes besides while it works, at a usual load.
  public var working: UInt64
  /// What it can't do without to get on at all; part of ``working``.
  public var progress: UInt64

  /// What it takes before the first request: with less, its driver does not start.
  public var atRest: UInt64 { rings + resting }
}

/// What the devices of one pool take together.
public struct PoolDemand: Sendable, Hashable {
  /// The devices, in the order of the description.
  public var devices: [DeviceDemand]

  /// A demand of these devices.
  public init(_ devices: [DeviceDemand]) { self.devices = devices }

  /// The size below which some device can't start, or hangs with its first large request, in bytes.
  ///
  /// The largest need for progress counts once: devices wait for each other, and none for ever.
  public var floor: UInt64 {
    let rest = devices.reduce(0) { $0 + $1.atRest }
    return (rest + (devices.map(\.progress).max() ?? 0)) * Bounce.slot
  }

  /// The size at which the devices work side by side, in bytes: a quarter is added for the gaps that
  /// segments and alignments leave, and the result is a multiple of 2 MiB.
  public var recommended: UInt64 {
    let slots = devices.reduce(0) { $0 + $1.atRest + $1.working }
    let bytes = max((slots + slots / 4) * Bounce.slot, floor)
    let unit: UInt64 = 2 << 20
    return max((bytes + unit - 1) / unit, 1) * unit
  }
}
