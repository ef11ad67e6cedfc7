import PlatformDescription

/// Whether a device is one that a driver of its type can take.
extension MachineLowering {
  /// Says what is wrong with the queues and the parameters of `device`.
  mutating func check(_ device: VirtioDevice, at location: SourceLocation?) {
    if let problem = Self.countProblem(device) {
      mistake("description/queue-count", problem.message, at: location, help: problem.help)
    }
    // One size is wrong once, however many queues have it.
    var seen: Set<Int> = []
    for queue in device.queues where !Self.isQueueSize(queue.size) {
      guard seen.insert(queue.size).inserted else { continue }
      mistake(
        "description/queue-size",
        "'\(queue.name)' has \(queue.size) descriptors: a queue has a power of two, 1 to 32768",
        at: location, help: Self.sizeHelp(queue.size))
    }
    checkParameters(of: device, at: location)
  }

  /// **Source:** VIRTIO 1.3, section 2.7: a power of two, at most 32,768.
  private static func isQueueSize(_ size: Int) -> Bool {
    (1...32_768).contains(size) && size & (size - 1) == 0
  }

  private static func sizeHelp(_ size: Int) -> String {
    guard size > 1 else { return "256 is usual" }
    guard size < 32_768 else { return "32768 is the most" }
    var power = 1
    while power < size { power *= 2 }
    return "the next one is \(power)"
  }

  /// What is wrong with the number of queues; nil for a number that the type can have.
  ///
  /// **Source:** VIRTIO 1.3, the sections "Virtqueues" of 5.1 to 5.19.
  private static func countProblem(
    _ device: VirtioDevice
  ) -> (message: String, help: String?)? {
    let count = device.queues.count
    let type = device.typeName
    guard count <= VirtioDevice.maximumQueues else {
      return (
        "a device has at most \(VirtioDevice.maximumQueues) queues: their index has 16 bits", nil
      )
    }
    switch device.deviceID {
    case 1 where count < 2:
      return ("a network device has at least one pair of queues", "'queuePairs:' counts from 1")
    case 1 where count > 3 && count.isMultiple(of: 2):
      return (
        "a network device with several pairs of queues has a control queue too",
        "without it no driver can use more than one pair"
      )
    case 2 where count < 1: return ("a block device has at least one queue", nil)
    case 2 where count > 65_535: return ("a block device has at most 65535 queues", nil)
    case 3 where count < 2:
      return ("a console has at least one port", "'ports:' counts from 1")
    case 3 where !count.isMultiple(of: 2):
      return ("a console has two queues for each port, and two for control: not \(count)", nil)
    case 8 where count < 3:
      return ("a SCSI host has at least one request queue behind the two for control", nil)
    case 20 where count < 2:
      return ("a crypto device has at least one data queue before the control queue", nil)
    case 26 where count < (device.queues.contains { $0.name == "notificationq" } ? 3 : 2):
      return ("a file system has at least one request queue behind that of high priority", nil)
    case 5 where !(2...5).contains(count):
      return ("a balloon has 2 to 5 queues, not \(count)", nil)
    default: break
    }
    guard let fixed = fixedCounts[device.deviceID], fixed != count else { return nil }
    return ("this type of device (\(type)) has \(fixed) queues, not \(count)", nil)
  }

  /// The types that have one number of queues.
  private static let fixedCounts: [Int: Int] = [
    4: 1, 9: 1, 16: 2, 18: 2, 19: 3, 23: 2, 24: 1, 25: 4, 27: 1,
  ]

  private mutating func checkParameters(of device: VirtioDevice, at location: SourceLocation?) {
    guard let parameters = device.parameters else { return }
    guard parameters.deviceID == device.deviceID else {
      mistake(
        "description/parameters-of-another-type",
        """
        these are parameters of type '\(VirtioDevice.typeName(of: parameters.deviceID))', and the \
        device is of type '\(device.typeName)'
        """, at: location)
      return
    }
    var problems: [String] = []
    func expect(_ name: String, _ value: Int, _ range: ClosedRange<Int>) {
      if !range.contains(value) {
        problems.append("'\(name)' can't be \(value): \(range.lowerBound) to \(range.upperBound)")
      }
    }
    switch parameters {
    case .block(let block): expect("seg_max", block.segMax ?? 1, 1...32_768)
    case .console(let console):
      // Said already, where there is no queue for a single port.
      if device.queues.count >= 2 {
        expect("ports", console.ports, 1...max(device.queues.count / 2 - 1, 1))
      }
    case .scsi(let scsi): expect("cmd_per_lun", scsi.cmdPerLUN, 1...Int(UInt32.max))
    case .gpu(let gpu):
      // VIRTIO 1.3, section 5.7.4: num_scanouts.
      expect("num_scanouts", gpu.numScanouts, 1...16)
      expect("width", gpu.width, 1...65_535)
      expect("height", gpu.height, 1...65_535)
      expect("framebuffers", gpu.framebuffers, 0...1024)
    case .sound(let sound): expect("streams", sound.streams, 0...1024)
    case .network, .nineP, .socket, .fileSystem: break
    }
    for problem in problems {
      mistake("description/number-out-of-range", problem, at: location)
    }
  }
}
