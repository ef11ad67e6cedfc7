import GuestView
import PlatformDescription

/// Writes the arguments by which crosvm's devices offer what was described.
///
/// There VIRTIO_F_ACCESS_PLATFORM is no property of a device: all devices of a protected machine offer it,
/// and none of another's.
///
/// **Source:** crosvm `devices/src/virtio/mod.rs`, `base_features`; `src/crosvm/cmdline.rs`.
struct CrosvmArguments {
  /// Arguments for `devices` whose pools, but for those that are shared, have `poolSize` bytes together; 0 for none.
  static func arguments(
    for devices: [OfferedDevice], architecture: String = "arm64", poolSize: UInt64,
    memory: HostedMemory = HostedMemory()
  ) -> VMMArguments {
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
    for share in memory.shares { add(share, architecture, to: &arguments) }
    return arguments
  }

  /// Maps the file of `share` into the guest.
  ///
  /// **Source:** crosvm `src/crosvm/cmdline.rs`, `--file-backed-mapping`; `src/crosvm/sys/linux.rs`,
  /// `punch_holes_in_guest_mem_layout_for_mappings`, which takes RAM away where a file is mapped; Android 16's has
  /// `file_backed_mappings_ram` beside `file_backed_mappings_mmio`; `aarch64/src/lib.rs`, `AARCH64_PHYS_MEM_START`.
  private static func add(
    _ share: HostedMemory.Share, _ architecture: String, to arguments: inout VMMArguments
  ) {
    arguments.words += [
      "--file-backed-mapping",
      "addr=\(ByteText.hex(share.range.first)),size=\(ByteText.hex(share.range.size)),path=\(share.file),rw,ram",
    ]
    arguments.need(
      share, "--file-backed-mapping", share.file,
      making: "make it with 'truncate -s \(share.range.size)'")
    arguments.differ(
      at: share.node,
      "crosvm's devices reach what is mapped with 'ram', which versions before 2025 don't know")
    if architecture != "x86_64", share.range.first < 0x8000_0000 {
      arguments.differ(
        at: share.node,
        "crosvm's machine has no RAM below 0x80000000, where this lies, but devices of its own")
    }
    if share.isPool {
      arguments.differ(
        at: share.node,
        "crosvm makes a pool of its own with --swiotlb, elsewhere; this one has to come with --device-tree-overlay"
      )
    }
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
