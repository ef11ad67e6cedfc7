import PlatformDescription

/// Writes the arguments by which QEMU's devices offer what was described, and nothing else.
struct QEMUArguments {
  let board: QEMUBoard
  var arguments = VMMArguments(.qemu)
  private var counts: [Int: Int] = [:]
  /// The slots of PCI that have several functions.
  private var shared: Set<UInt16> = []

  /// Arguments for `devices` of a machine with this board.
  static func arguments(
    for devices: [OfferedDevice], board: QEMUBoard, memory: HostedMemory = HostedMemory(),
    confidential: Confidentiality? = nil
  ) -> VMMArguments {
    var writer = QEMUArguments(board: board)
    writer.arguments.words = Self.machine(board, confidential)
    writer.add(memory)
    let functions = devices.filter { $0.transport == .pci }.compactMap(\.requesterID)
    writer.shared = Set(functions.filter { $0 & 7 != 0 }.map { $0 & ~7 })
    if devices.contains(where: { $0.transport == .mmio }) {
      // Otherwise none of them has VERSION_1.
      writer.arguments.words += ["-global", "virtio-mmio.force-legacy=false"]
    }
    for device in devices { writer.add(device) }
    return writer.arguments
  }

  private init(board: QEMUBoard) { self.board = board }

  /// The machine whose guest is secure, with the object that makes it so.
  ///
  /// **Source:** QEMU 7.2 `docs/system/confidential-guest-support.rst`, `hw/ppc/pef.c`, `hw/s390x/pv.c`.
  private static func machine(_ board: QEMUBoard, _ kind: Confidentiality?) -> [String] {
    switch (board, kind) {
    case (.pseries, .powerSVM):
      [
        "-machine", "pseries,confidential-guest-support=pef0", "-object", "pef-guest,id=pef0",
      ]
    case (.s390CCW, .s390PV):
      [
        "-machine", "s390-ccw-virtio,confidential-guest-support=pv0", "-object",
        "s390-pv-guest,id=pv0",
      ]
    default: []
    }
  }

  private mutating func add(_ device: OfferedDevice) {
    guard let model = QEMUModel.all[device.deviceID] else {
      arguments.differ(device, "QEMU's device of type \(device.typeName) isn't known here")
      return
    }
    guard var option = place(device, model) else { return }
    let number = counts[device.deviceID, default: 0]
    counts[device.deviceID] = number + 1
    option += backend(of: device, number)
    option += queues(of: device, model)
    for feature in model.allSwitches {
      let isOffered = device.offers(.bit(feature.bit))
      if isOffered != feature.isOnByDefault {
        option.append("\(feature.property)=\(isOffered ? "on" : "off")")
      }
    }
    arguments.words += ["-device", option.joined(separator: ",")]
    tellDifferences(of: device, model)
  }

  /// The name of the device and where it is; nil where QEMU can't put it there.
  private mutating func place(_ device: OfferedDevice, _ model: QEMUModel) -> [String]? {
    guard !board.lacks(device.deviceID) else {
      arguments.differ(device, "QEMU's machine has no device of type \(device.typeName)")
      return nil
    }
    switch device.transport {
    case .mmio:
      guard let slot = device.unitAddress.flatMap(board.slot) else {
        arguments.differ(device, "QEMU's machine has no window for virtio-mmio there")
        return nil
      }
      // The one that has no name for virtio's own bus.
      guard model.deviceID != 23 else {
        arguments.differ(device, "QEMU has a virtio-iommu on PCI alone")
        return nil
      }
      return [model.stem + "-device", "bus=virtio-mmio-bus.\(slot)"]
    case .pci:
      guard let id = device.requesterID, let address = device.deviceAndFunction, id >> 8 == 0
      else {
        arguments.differ(
          device, "behind a bridge, whose name on QEMU's command line isn't known here")
        return nil
      }
      var option = [model.stem + "-pci", "bus=\(board.rootBus)", "addr=\(address)"]
      if id & 7 == 0, shared.contains(id) { option.append("multifunction=on") }
      // A device that old drivers can use, too, can't offer VIRTIO_F_ACCESS_PLATFORM.
      if !Self.isModern(model) { option.append("disable-legacy=on") }
      return option
    case .ccw:
      return [model.stem + "-ccw", "devno=\(device.node)"]
    }
  }

  /// The models that have no properties for the drafts before the standard.
  private static func isModern(_ model: QEMUModel) -> Bool { model.stem == "vhost-user-fs" }

  /// What the device is connected to on the host.
  private mutating func backend(of device: OfferedDevice, _ number: Int) -> [String] {
    switch device.deviceID {
    case 1:
      arguments.need(device, "-netdev", "net\(number)", "the network, as in 'tap,id=net\(number)'")
      return ["netdev=net\(number)"]
    case 2:
      arguments.need(
        device, "-blockdev", "block\(number)", "the disk, as node-name=block\(number)")
      return ["drive=block\(number)"]
    case 3:
      arguments.need(
        device, "-chardev", "console\(number)",
        "the console, and '-device virtconsole,chardev=console\(number)' behind this device")
      let ports = max(device.queues.count / 2 - 1, 1)
      return ["id=serial\(number)", "max_ports=\(ports)"]
    case 5 where device.offers(.balloon(.freePageHint)):
      arguments.need(
        device, "-object", "balloon\(number)", "the thread that hints are given in, an iothread")
      return ["iothread=balloon\(number)"]
    case 8:
      arguments.need(
        device, "-blockdev", "scsi\(number)",
        "a disk, and '-device scsi-hd,bus=scsi\(number).0,drive=…' behind this device")
      return ["id=scsi\(number)"]
    case 9:
      arguments.need(device, "-fsdev", "fs\(number)", "the folder")
      return ["fsdev=fs\(number)", "mount_tag=fs\(number)"]
    case 19:
      arguments.need(
        device, "guest-cid=", "\(number + 3)", "the guest's number among all of the host")
      return ["guest-cid=\(number + 3)"]
    case 20:
      arguments.need(
        device, "-object", "crypto\(number)", "what does it, as cryptodev-backend-builtin")
      return ["cryptodev=crypto\(number)"]
    case 24:
      arguments.need(device, "-object", "memory\(number)", "the memory, as memory-backend-ram")
      return ["memdev=memory\(number)"]
    case 26:
      arguments.need(device, "-chardev", "fs\(number)", "the socket of virtiofsd")
      return ["chardev=fs\(number)", "tag=fs\(number)"]
    default: return []
    }
  }

  private mutating func queues(of device: OfferedDevice, _ model: QEMUModel) -> [String] {
    var option: [String] = []
    if let property = model.queueCount {
      // Those that carry no requests are not counted.
      let others = model.deviceID == 8 ? 2 : model.deviceID == 26 ? 1 : 0
      option.append("\(property)=\(max(device.queues.count - others, 1))")
    }
    for (queue, property) in model.queueSizes {
      guard let size = device.queues.first(where: { $0.name.hasPrefix(queue) })?.size else {
        continue
      }
      option.append("\(property)=\(size)")
    }
    if device.transport == .mmio, device.queues.contains(where: { $0.size < 1024 }) {
      arguments.differ(device, "behind virtio-mmio QEMU offers 1024 descriptors for every queue")
    }
    return option
  }

  private mutating func tellDifferences(of device: OfferedDevice, _ model: QEMUModel) {
    var offered = model.always.union(model.allSwitches.map(\.bit)).union([32])
    if model.deviceID == 2, device.queues.count > 1 { offered.insert(12) }
    if model.deviceID == 3, device.queues.count > 2 { offered.insert(1) }
    let missing = device.features.map(\.bit).filter { !offered.contains($0) }
    if !missing.isEmpty {
      arguments.differ(
        device, "QEMU can't offer " + missing.map(device.name).joined(separator: ", "))
    }
    let more = model.always.subtracting(device.features.map(\.bit)).sorted()
    if !more.isEmpty {
      arguments.differ(
        device, "QEMU also offers " + more.map(device.name).joined(separator: ", "))
    }
    if !device.offers(.version1) {
      arguments.differ(device, "QEMU offers VIRTIO_F_VERSION_1, too")
    }
  }
}
