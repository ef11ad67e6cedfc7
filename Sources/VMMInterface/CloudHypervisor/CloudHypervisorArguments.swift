import PlatformDescription

/// Writes the arguments by which Cloud Hypervisor's devices offer what was described.
///
/// There `iommu=on` gives a device VIRTIO_F_ACCESS_PLATFORM and puts it behind the machine's virtio-iommu
/// at once. An option is written once, with a value for each device.
///
/// **Source:** Cloud Hypervisor `docs/iommu.md`, `virtio-devices/src/block.rs` and `net.rs`.
struct CloudHypervisorArguments {
  static func arguments(
    for devices: [OfferedDevice], architecture: String = "arm64",
    memory: HostedMemory = HostedMemory(), translated: Set<OfferedDevice>
  ) -> VMMArguments {
    var arguments = VMMArguments(.cloudHypervisor)
    var values: [(option: String, words: [String])] = []
    add(memory, architecture, to: &arguments)
    for device in devices {
      guard device.transport == .pci else {
        arguments.differ(device, "Cloud Hypervisor puts its devices on PCI")
        continue
      }
      if let (option, word) = word(for: device, &arguments) {
        if let index = values.firstIndex(where: { $0.option == option }) {
          values[index].words.append(word)
        } else {
          values.append((option, [word]))
        }
      }
      if device.offers(.accessPlatform), !translated.contains(device) {
        arguments.differ(
          device,
          "Cloud Hypervisor offers VIRTIO_F_ACCESS_PLATFORM with iommu=on, which puts the device behind "
            + "a virtio-iommu; a pool is not used then")
      }
    }
    for (option, words) in values { arguments.words += [option] + words }
    return arguments
  }

  /// What is said of `device`, behind which option; nil where nothing is.
  private static func word(
    for device: OfferedDevice, _ arguments: inout VMMArguments
  ) -> (option: String, word: String)? {
    var options: [String]
    let option: String
    switch device.deviceID {
    case 1:
      (option, options) = ("--net", ["tap=TAP"])
      options.append("num_queues=\(max(device.queues.count / 2 * 2, 2))")
      arguments.need(device, option, "TAP", "the name of the host's interface, in place of TAP")
    case 2:
      (option, options) = ("--disk", ["path=DISK", "num_queues=\(max(device.queues.count, 1))"])
      arguments.need(device, option, "DISK", "the file of the disk, in place of DISK")
    case 3: (option, options) = ("--console", ["tty"])
    case 4: (option, options) = ("--rng", ["src=/dev/urandom"])
    case 19:
      (option, options) = ("--vsock", ["cid=3", "socket=SOCKET"])
      arguments.need(device, option, "SOCKET", "the path of the socket, in place of SOCKET")
    case 23: return nil  // Made by the first device with iommu=on.
    default:
      arguments.differ(
        device, "Cloud Hypervisor's options for type \(device.typeName) aren't known here")
      return nil
    }
    if let size = device.queues.first?.size, device.deviceID <= 2 {
      options.append("queue_size=\(size)")
    }
    if device.offers(.accessPlatform) { options.append("iommu=on") }
    return (option, options.joined(separator: ","))
  }
}
