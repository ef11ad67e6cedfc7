import DTGenTestSupport
import DeviceTree
import GuestView
import Testing

@testable import VMMInterface

@Suite("QEMU's command line, read", .requires(.qemuArm))
struct QEMUCommandLineTests {
  private static let lines: [String] = [
    "-nodefaults -device virtio-rng-device -device virtio-balloon-device,page-poison=off",
    "-nodefaults -global virtio-mmio.force-legacy=false -device virtio-rng-device,iommu_platform=on",
    "-nodefaults -device virtio-rng-pci -device virtio-serial-pci,max_ports=1,addr=5.0",
    "-nodefaults -device virtio-serial,emergency-write=off -device virtio-rng-pci,disable-legacy=on",
    "-nodefaults -device virtio-rng-pci,disable-legacy=on,iommu_platform=on,packed=on,event_idx=off",
    "-nodefaults -device virtio-scsi-pci,hotplug=off,addr=0x3.1 -device virtio-gpu-pci -device virtio-keyboard-pci",
    "-nodefaults -global virtio-rng-pci.packed=on -device virtio-rng-pci,disable-legacy=on",
    "-nodefaults -device virtio-mouse-device,indirect_desc=no -device virtio-iommu-pci",
  ]

  /// QEMU's own list is in the reverse order of making.
  @Test("gives each device what it says of itself", arguments: lines)
  func features(_ line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let read = try QEMUCommandLine(["qemu-system-aarch64", "-M", "virt"] + words)
    let machine = try QEMUDevices(arguments: words)
    #expect(read.devices.count == machine.devices.count)
    for (own, theirs) in zip(read.devices, machine.devices.reversed()) {
      let names = FeatureNames(deviceID: own.deviceID)
      var bits = Set(theirs.features.compactMap(names.bit))
      for bit in 0..<64 where bit != 30 && theirs.unknownBits >> UInt64(bit) & 1 == 1 {
        bits.insert(bit)
      }
      // A device for drivers of the drafts alone has more, which it can't show them.
      if !own.features.contains(32) { bits = bits.filter { $0 < 32 } }
      #expect(Set(own.features) == bits, "\(line): \(theirs.name)")
    }
  }

  @Test("puts devices where QEMU puts them")
  func places() throws {
    let line =
      "-nodefaults -device virtio-rng-device -device virtio-rng-device,bus=virtio-mmio-bus.30 "
      + "-device virtio-rng-device -device virtio-rng-pci -device virtio-rng-pci,addr=2 "
      + "-device virtio-rng-pci"
    let read = try QEMUCommandLine(
      ["/usr/bin/qemu-system-aarch64", "-machine", "virt,gic-version=3"]
        + line.split(separator: " ").map(String.init))
    #expect(
      read.devices.map(\.place) == [
        .slot(31), .slot(30), .slot(29), .function(0x08), .function(0x10), .function(0x18),
      ])
  }

  @Test("counts the network card that nobody asked for, and disks without a device")
  func implied() throws {
    let read = try QEMUCommandLine([
      "qemu-system-aarch64", "-M", "virt", "-drive", "file=a,,b.img,if=virtio", "disk.img",
    ])
    #expect(read.devices.map(\.deviceID) == [1, 2, 2])
    let without = try QEMUCommandLine([
      "qemu-system-aarch64", "-M", "virt", "-nic", "none", "-drive", "file=a.img,if=none,id=x",
    ])
    #expect(without.devices.isEmpty)
  }

  @Test("finds the nodes of devices in QEMU's tree")
  func nodes() throws {
    let tree = try FlattenedTree(
      try QEMUDump.arm64("virt,gic-version=3", "-device virtio-rng-pci").bytes())
    let read = try QEMUCommandLine([
      "qemu-system-aarch64", "-M", "virt", "-nodefaults", "-device", "virtio-rng-device", "-device",
      "virtio-blk-device,bus=virtio-mmio-bus.0,drive=x", "-device", "virtio-net-pci,netdev=n",
    ])
    let features = try read.features(in: GuestView(tree: tree))
    #expect(
      features.devices.map(\.node) == [
        "/virtio_mmio@a003e00", "/virtio_mmio@a000000", "/pcie@10000000",
      ])
    #expect(features.devices.map(\.requesterID) == [nil, nil, 8])
  }

  @Test(
    "that doesn't say what devices offer is refused",
    arguments: [
      (["ls"], "'ls' is no qemu-system-…"),
      (["qemu-system-aarch64", "-M"], "nothing stands behind -M"),
      (
        ["qemu-system-aarch64", "-M", "virt", "-device", "virtio-foo-pci"],
        "what -device virtio-foo-pci"
      ),
      (
        ["qemu-system-aarch64", "-M", "raspi3b", "-device", "virtio-rng-device"],
        "-device virtio-rng-device"
      ),
      (
        ["qemu-system-aarch64", "-M", "virt", "-device", "virtio-rng-pci,iommu_platform=maybe"],
        "iommu_platform of -device virtio-rng-pci,iommu_platform=maybe: 'maybe' is neither"
      ),
      (["qemu-system-aarch64", "-readconfig", "vm.cfg"], "-readconfig"),
      (["qemu-system-aarch64", "-device", "{\"driver\": \"virtio-rng-pci\"}"], "-device in JSON"),
      (
        ["qemu-system-aarch64", "-M", "virt", "-device", "virtio-rng-pci,bus=bridge1"],
        "-device virtio-rng-pci,bus=bridge1: behind a bridge"
      ),
      (
        [
          "qemu-system-aarch64", "-M", "virt", "-device",
          "virtio-rng-device,bus=virtio-mmio-bus.32",
        ],
        "-device virtio-rng-device,bus=virtio-mmio-bus.32: there is no bus"
      ),
    ])
  func refused(_ words: [String], _ message: String) {
    let error = #expect(throws: CommandLineError.self) { try QEMUCommandLine(words) }
    #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "none")")
  }
}
