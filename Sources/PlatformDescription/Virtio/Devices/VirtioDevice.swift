/// What a virtio device is: its type, its queues, and how much memory it keeps busy.
///
/// A device tree says none of it; the features file, the sizing of pools and the check of a VMM's
/// command line need all three.
///
/// Queues have the sizes that QEMU's devices ask for, unless said otherwise. What a guest sees is up
/// to the VMM: behind virtio-mmio QEMU offers 1,024 for every queue (`hw/virtio/virtio-mmio.c`,
/// QueueNumMax), Firecracker 256 (`FIRECRACKER_MAX_QUEUE_SIZE`), kvmtool 128 or 256, crosvm and
/// Cloud Hypervisor a size for each type. ``queueSize(_:)`` says it for all queues of a device.
///
/// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
public struct VirtioDevice: Sendable, Hashable, Codable {
  /// The device ID.
  public var deviceID: Int
  /// The queues, by index.
  public var queues: [Virtqueue]
  /// What its buffers need besides; nil for what is usual of the type: ``usualParameters``.
  public var parameters: VirtioParameters?

  /// A device of type `deviceID`, for types that have no name here.
  public init(deviceID: Int, queues: [Virtqueue]) {
    self.deviceID = deviceID
    self.queues = queues
  }

  /// A device of which nothing is known but its place: a device tree doesn't say more.
  ///
  /// The device ID 0 is reserved, and is what an empty slot shows.
  public static let unspecified = VirtioDevice(deviceID: 0, queues: [])

  /// A device whose queues have one size each.
  init(_ deviceID: Int, _ queues: [(name: String, size: Int)]) {
    self.init(deviceID: deviceID, queues: queues.map { Virtqueue($0.name, size: $0.size) })
  }

  /// The same device with `size` descriptors in each queue.
  public func queueSize(_ size: Int) -> VirtioDevice {
    var copy = self
    for index in copy.queues.indices { copy.queues[index].size = size }
    return copy
  }

  /// The same device with these parameters; nothing is kept of those that are usual.
  func with(_ parameters: VirtioParameters) -> VirtioDevice {
    var copy = self
    copy.parameters = parameters == usualParameters ? nil : parameters
    return copy
  }

  /// `count` as far as a device can have it.
  ///
  /// One too many is kept, so that whoever judges the device sees that there are too many.
  static func counted(_ count: Int) -> Range<Int> { 0..<min(max(count, 0), maximumQueues + 1) }

  /// The most queues that a driver can tell apart: an index has 16 bits.
  ///
  /// **Source:** VIRTIO 1.3, section 4.1.5.2; 4.2.2, `QueueSel`.
  public static let maximumQueues = 65_536
}
