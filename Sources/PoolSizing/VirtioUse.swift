/// What has to be known of a virtio device to say what it takes of its pool.
public struct VirtioUse: Sendable, Hashable {
  /// The device ID: 1 network, 2 block, 3 console, and so on.
  public var deviceID: Int
  /// The size of each virtqueue, in descriptors, by index.
  public var queueSizes: [Int]
  /// The numbers of the feature bits that it offers.
  public var featureBits: [Int]
  /// How its driver reaches it.
  public var transport: VirtioTransport
  /// What its queues don't say.
  public var buffers: VirtioBuffers

  /// A device of this type with these queues.
  public init(
    deviceID: Int, queueSizes: [Int], featureBits: [Int] = [], transport: VirtioTransport,
    buffers: VirtioBuffers = VirtioBuffers()
  ) {
    self.deviceID = deviceID
    self.queueSizes = queueSizes
    self.featureBits = featureBits
    self.transport = transport
    self.buffers = buffers
  }

  /// What it takes of a restricted pool.
  ///
  /// - Parameters:
  ///   - guestPageSize: The page of the guest in bytes: 4, 16 or 64 KiB.
  ///   - leastQueueSize: A size that the VMM offers for every queue, whatever the device asks for.
  /// - Returns: The demand, in slots.
  ///
  /// **Source:** Linux 6.12, the drivers named beside each case; the figures for block, entropy, input,
  /// console, network and GPU were measured on a booted guest.
  public func demand(guestPageSize: UInt64 = 4 << 10, leastQueueSize: Int = 0) -> DeviceDemand {
    let page = Self.page(guestPageSize)
    let sizes = sizes(least: leastQueueSize)
    let isPacked = featureBits.contains(Self.ringPacked)
    let rings = sizes.reduce(UInt64(0)) {
      $0
        + VirtioRing(
          size: Int(clamping: $1), isPacked: isPacked, transport: transport, guestPageSize: page
        ).slots
    }
    let load = load(sizes, page: page)
    return DeviceDemand(
      rings: rings, resting: load.resting, working: max(load.working, load.progress),
      progress: load.progress)
  }

  /// A page that a guest can have.
  static func page(_ size: UInt64) -> UInt64 { min(max(size, 1), 64 << 10) }

  /// The sizes of the queues; what no queue can have is a finding elsewhere, and here must only stay a number.
  func sizes(least: Int) -> [UInt64] {
    queueSizes.prefix(65_537).map { UInt64(min(max($0, least, 1), 32768)) }
  }

  /// VIRTIO_F_RING_PACKED.
  ///
  /// **Source:** VIRTIO 1.3, section 6.
  private static let ringPacked = 34
}
