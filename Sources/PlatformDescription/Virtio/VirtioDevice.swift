/// What a virtio device is: its type and its queues.
///
/// A device tree says neither; the features file, the sizing of pools and the check of a VMM's
/// command line need both.
///
/// **Source:** Virtual I/O Device (VIRTIO) 1.3, section 5.
public struct VirtioDevice: Sendable, Hashable, Codable {
  /// The device ID.
  public var deviceID: Int
  /// The queues, by index.
  public var queues: [Virtqueue]

  /// A device of type `deviceID`, for types that have no name here.
  public init(deviceID: Int, queues: [Virtqueue]) {
    self.deviceID = deviceID
    self.queues = queues
  }

  /// A device of which nothing is known but its place: a device tree doesn't say more.
  ///
  /// The device ID 0 is reserved, and is what an empty slot shows.
  public static let unspecified = VirtioDevice(deviceID: 0, queues: [])

  /// A block device with one queue of 256.
  public static let block = VirtioDevice.block(queues: 1)

  /// A block device.
  ///
  /// - Parameters:
  ///   - queues: The number of request queues, at least 1.
  ///   - queueSize: The size of each.
  /// - Returns: The device with its queues.
  public static func block(queues: Int, queueSize: Int = 256) -> VirtioDevice {
    let names = queues == 1 ? ["requestq"] : (0..<max(queues, 0)).map { "requestq\($0 + 1)" }
    return VirtioDevice(deviceID: 2, queues: names.map { Virtqueue($0, size: queueSize) })
  }

  /// A network device.
  ///
  /// - Parameters:
  ///   - queuePairs: The number of pairs of a receive and a transmit queue, at least 1.
  ///   - queueSize: The size of each.
  ///   - controlQueue: Whether it has a control queue, of 64.
  /// - Returns: The device with its queues.
  public static func network(
    queuePairs: Int = 1, queueSize: Int = 256, controlQueue: Bool = true
  ) -> VirtioDevice {
    var queues: [Virtqueue] = []
    for pair in 0..<max(queuePairs, 0) {
      queues.append(Virtqueue("receiveq\(pair + 1)", size: queueSize))
      queues.append(Virtqueue("transmitq\(pair + 1)", size: queueSize))
    }
    if controlQueue { queues.append(Virtqueue("controlq", size: 64)) }
    return VirtioDevice(deviceID: 1, queues: queues)
  }

  /// A console.
  ///
  /// - Parameters:
  ///   - ports: The number of ports; more than one needs VIRTIO_CONSOLE_F_MULTIPORT and two
  ///     control queues.
  ///   - queueSize: The size of each queue.
  /// - Returns: The device with its queues.
  public static func console(ports: Int = 1, queueSize: Int = 128) -> VirtioDevice {
    // Port 0, then the control queues, then the other ports: VIRTIO 1.3, section 5.3.2.
    var names = ["receiveq0", "transmitq0"]
    if ports > 1 {
      names += ["control receiveq", "control transmitq"]
      for port in 1..<ports { names += ["receiveq\(port)", "transmitq\(port)"] }
    }
    return VirtioDevice(deviceID: 3, queues: names.map { Virtqueue($0, size: queueSize) })
  }

  /// An entropy device with one queue of 8.
  public static let entropy = VirtioDevice(
    deviceID: 4, queues: [Virtqueue("requestq", size: 8)])

  /// A socket device with its three queues of 128.
  public static let socket = VirtioDevice(
    deviceID: 19,
    queues: ["rx", "tx", "event"].map { Virtqueue($0, size: 128) })
}
