import PlatformDescription

/// Writes the arguments by which crosvm's devices offer what was described.
///
/// There VIRTIO_F_ACCESS_PLATFORM is no property of a device: all devices of a protected machine offer it,
/// and none of another's.
///
/// **Source:** crosvm `devices/src/virtio/mod.rs`, `base_features`; `src/crosvm/cmdline.rs`.
struct CrosvmArguments {
  /// Arguments for `devices` whose pools have `poolSize` bytes together; 0 for none.
  static func arguments(for devices: [OfferedDevice], poolSize: UInt64) -> VMMArguments {
    var arguments = VMMArguments(.crosvm)
    let onPCI = devices.filter { $0.transport == .pci }
    let restricted = devices.filter { $0.offers(.accessPlatform) }
    if !restricted.isEmpty {
      arguments.words.append("--protected-vm-without-firmware")
      if poolSize > 0 {
        // In MiB.
        arguments.words += ["--swiotlb", "\((poolSize + (1 << 20) - 1) >> 20)"]
      }
      for device in devices where !device.offers(.accessPlatform) {
        arguments.differ(
          device, "crosvm offers VIRTIO_F_ACCESS_PLATFORM on all devices of a protected machine")
      }
    }
    for device in devices where device.transport == .mmio {
      arguments.differ(device, "crosvm puts its devices on PCI")
    }
    for device in onPCI { add(device, to: &arguments) }
    return arguments
  }

  private static func add(_ device: OfferedDevice, to arguments: inout VMMArguments) {
    let packed = device.offers(.ringPacked)
    switch device.deviceID {
    case 1:
      var options = ["tap-name=TAP"]
      if packed { options.append("packed-queue=true") }
      arguments.words += ["--net", options.joined(separator: ",")]
      arguments.need(device, "--net", "TAP", "the name of the host's interface, in place of TAP")
    case 2:
      var options = ["path=DISK"]
      if packed { options.append("packed-queue=true") }
      arguments.words += ["--block", options.joined(separator: ",")]
      arguments.need(device, "--block", "DISK", "the file of the disk, in place of DISK")
    case 3: arguments.words += ["--serial", "type=stdout,hardware=virtio-console,num=1"]
    case 4: break  // Every machine has one.
    case 19:
      arguments.words += ["--vsock", "cid=3"]
      arguments.need(device, "--vsock", "3", "the guest's number among all of the host")
    default:
      arguments.differ(device, "crosvm's options for type \(device.typeName) aren't known here")
      return
    }
    if !device.offers(.eventIndex) {
      arguments.differ(device, "crosvm also offers VIRTIO_F_EVENT_IDX")
    }
  }
}
