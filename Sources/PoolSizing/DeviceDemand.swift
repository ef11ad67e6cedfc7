/// What one device takes of its pool, in slots of 2 KiB.
public struct DeviceDemand: Sendable, Hashable {
  /// Its queues: taken when the driver starts, kept until it stops.
  public var rings: UInt64
  /// Buffers that lie in the queues while nothing happens.
  public var resting: UInt64
  /// What it takes besides while it works, at a usual load.
  public var working: UInt64
  /// What it can't do without to get on at all; part of ``working``.
  public var progress: UInt64

  /// A demand of so many slots; of more than any pool has, just more than that.
  public init(rings: UInt64, resting: UInt64, working: UInt64, progress: UInt64) {
    self.rings = min(rings, Self.most)
    self.resting = min(resting, Self.most)
    self.working = min(working, Self.most)
    self.progress = min(progress, Self.most)
  }

  /// More slots than any pool has.
  static let most: UInt64 = 1 << 40

  /// What it takes before the first request: with less, its driver does not start.
  public var atRest: UInt64 { rings + resting }

  /// A device of which nobody knows what it is: as much as a disk needs to get on.
  public static let unknown = DeviceDemand(
    rings: 0, resting: 0, working: 6 * Bounce.segmentSlots, progress: 6 * Bounce.segmentSlots)
}
