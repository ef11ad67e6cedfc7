/// Every platform in `fixtures/platforms` that QEMU has the machine for, booted as it is emitted.
enum FixtureBoots {
  /// The boots.
  static let all: [BootCase] = [
    .fixture(
      "protected-guest", on: .virt.cpus(2), [.mmio(.block, 0), .mmio(.network, 1)], .cpus(2),
      .confined(Named.mmio(0), pool: "bounce@5f000000"),
      .confined(Named.mmio(1), pool: "bounce@5f000000")),
    .fixture(
      "protected-guest-by-preset", on: .virt.cpus(2), [.mmio(.block, 0), .mmio(.network, 1)],
      .cpus(2), .confined(Named.mmio(0), pool: "bounce@5f000000"),
      .confined(Named.mmio(1), pool: "bounce@5f000000")),
    .fixture(
      "two-pools", on: .virt.cpus(4), [.mmio(.block, 0, ",num-queues=4"), .mmio(.network, 1)],
      .cpus(4), .confined(Named.mmio(0), pool: "disk-bounce@5e000000"),
      .confined(Named.mmio(1), pool: "net-bounce@5f000000")),
    .fixture(
      "dynamic-pool", [.mmio(.block, 0), .mmio(.console, 1)],
      .confined(Named.mmio(0), pool: "bounce"), .confined(Named.mmio(1), pool: "bounce")),
    .fixture(
      "computed-pool", on: .virt.cpus(2),
      [.mmio(.block, 0), .mmio(.block, 1), .mmio(.network, 2), .mmio(.entropy, 4)], .cpus(2),
      .confined(Named.mmio(0), pool: "disks@7f800000"),
      .confined(Named.mmio(1), pool: "disks@7f800000"),
      .confined(Named.mmio(2), pool: "net@7be00000"),
      .confined(Named.mmio(4), pool: "shared@7f600000")),
    .fixture(
      "computed-pool-pci",
      on: .virt.cpus(2).adding("-device", "pcie-root-port,id=port1,bus=pcie.0,addr=5"),
      [.pci(.block, "1"), .pci(.network, "2"), .pci(.entropy, "0", bus: "port1")],
      .confined("0000:00:01.0", pool: "bounce@7f600000"),
      .confined("0000:00:02.0", pool: "bounce@7f600000"),
      .confined("0000:01:00.0", pool: "bounce@7f600000")),
    .fixture(
      "qemu-options", machine: "low", on: .virt.options("gic-version=3,highmem=off").cpus(2),
      [.pci(.block, "1")], .cpus(2), .confined("0000:00:01.0", pool: "bounce@5f000000")),
    .fixture(
      "gpu-with-heap", on: .virt.cpus(2),
      [.mmio(.block, 0), .mmio(.gpu, 1), .mmio(.keyboard, 2)],
      .confined(Named.mmio(0), pool: "bounce@5c000000"),
      .confined(Named.mmio(1), pool: "bounce@5c000000"),
      .confined(Named.mmio(2), pool: "bounce@5c000000"),
      .logs("created DMA memory pool at 0x0000000058000000, size 32 MiB")),
    .fixture(
      "gicv2", machine: "by-hand", on: gicv2, [.mmio(.entropy, 0)], .cpus(2),
      .confined(Named.mmio(0), pool: "bounce@47000000")),
    .fixture(
      "gicv2", machine: "by-preset", on: gicv2, [.mmio(.entropy, 0)], .cpus(2),
      .confined(Named.mmio(0), pool: "bounce@47000000")),
    .fixture("loops", machine: "one", on: .virt.cpus(2), loops, loopsInPool),
    .fixture(
      "loops", machine: "two", on: .virt.cpus(2), loops + [.mmio(.network, 4)],
      loopsInPool + [.confined(Named.mmio(4), pool: "bounce@5e000000")]),
    .fixture(
      "every-virtio-device", on: .virt.cpus(2),
      [
        .mmio(.network, 0), .mmio(.block, 1, ",num-queues=2"), .mmio(.console, 2),
        .mmio(.entropy, 3), .mmio(.scsi, 4), .mmio(.gpu, 7), .mmio(.keyboard, 8),
        GuestDevice.mmio(.balloon, 15).withoutAccessPlatform,
      ],
      [0, 1, 2, 3, 4, 7, 8].map { .confined(Named.mmio($0), pool: "bounce@48000000") }
        + [.works(Named.mmio(15))]),
    .fixture(
      "pci-pool", on: .virt.cpus(2).adding("-device", "pcie-root-port,id=port1,bus=pcie.0,addr=3"),
      [.pci(.block, "1"), .pci(.network, "2"), .pci(.entropy, "0", bus: "port1")],
      .confined("0000:00:01.0", pool: "bounce@5f000000"),
      .confined("0000:00:02.0", pool: "bounce@5f000000"),
      .confined("0000:01:00.0", pool: "bounce@5f000000")),
    .fixture(
      "smmuv3", on: .virt.options("gic-version=3,iommu=smmuv3").cpus(2),
      [.pci(.block, "1"), .pci(.network, "2")], .translated("0000:00:01.0"),
      .translated("0000:00:02.0")),
    .fixture(
      "virtio-iommu-pci",
      on: .virt.cpus(2).adding("-device", "virtio-iommu-pci,bus=pcie.0,addr=3"),
      [.pci(.block, "1"), .pci(.network, "2")], .translated("0000:00:01.0"),
      .translated("0000:00:02.0")),
    .fixture(
      "virtio-iommu-pci", machine: "one-behind",
      on: .virt.cpus(2).adding("-device", "virtio-iommu-pci,bus=pcie.0,addr=3"),
      [.pci(.network, "1"), .pci(.block, "2")], .translated("0000:00:01.0"),
      .confined("0000:00:02.0", pool: "bounce@5f000000")),
    .fixture(
      "protected-kvm", on: .virt.cpus(2), [.mmio(.block, 0), .mmio(.network, 1)], .cpus(2),
      .confined(Named.mmio(0), pool: "bounce@5f000000"),
      .confined(Named.mmio(1), pool: "bounce@5f000000")),
    .fixture(
      "confidential-transports", machine: "mmio", on: .virt.cpus(2),
      [.mmio(.block, 0), .mmio(.network, 1)], .confined(Named.mmio(0), pool: "bounce@5f000000"),
      .confined(Named.mmio(1), pool: "bounce@5f000000")),
    .fixture(
      "confidential-transports", machine: "pci", on: .virt.cpus(2),
      [.pci(.block, "1"), .pci(.network, "2")],
      .confined("0000:00:01.0", pool: "bounce@5f000000"),
      .confined("0000:00:02.0", pool: "bounce@5f000000")),
    .fixture(
      "static-share", machine: "primary", on: .virt.cpus(2),
      [.mmio(.block, 0), .mmio(.network, 1)], .cpus(2),
      .confined(Named.mmio(0), pool: "vrings@50000000"),
      .confined(Named.mmio(1), pool: "vrings@50000000")),
    .fixture(
      "three-machines-two-shares", machine: "app", on: .virt.cpus(2),
      [.mmio(.network, 0), .pci(.block, "1")], .cpus(2),
      .confined(Named.mmio(0), pool: "net-rings@50000000"),
      .confined("0000:00:01.0", pool: "disk-rings@52000000")),
    .fixture(
      "xen-domains", machine: "app", on: .virt.cpus(2).mebibytes(256), [.mmio(.block, 0)], .cpus(2),
      .confined(Named.mmio(0), pool: "bounce@4d000000")),
    .fixture(
      "riscv64-plic", machine: "by-preset", on: .riscv.cpus(2),
      [.mmio(.block, 0), .mmio(.network, 1)], .cpus(2),
      .confined(Named.riscvMMIO(0), pool: "bounce@8f000000"),
      .confined(Named.riscvMMIO(1), pool: "bounce@8f000000")),
    .fixture(
      "riscv64-plic", machine: "by-hand", on: .riscv.cpus(2),
      [.mmio(.block, 0), .mmio(.block, 1)], .cpus(2),
      .confined(Named.riscvMMIO(0), pool: "bounce@8f000000"),
      .confined(Named.riscvMMIO(1), pool: "bounce@8f000000")),
    .fixture(
      "riscv64-aia", machine: "messages", on: .riscv.options("aia=aplic-imsic").cpus(2),
      [.mmio(.block, 0)], .cpus(2), .confined(Named.riscvMMIO(0), pool: "bounce@8f000000")),
  ]

  /// The machines of the other platforms, and why QEMU doesn't run them.
  static let excluded: [String: String] = [
    "acpi-complete/cloud-hypervisor": "the machine is Cloud Hypervisor's",
    "acpi-encrypted-prp0001": "QEMU encrypts no memory without a processor that does",
    "acpi-encrypted/sev": "QEMU encrypts no memory without a processor that does",
    "acpi-encrypted/tdx": "QEMU encrypts no memory without a processor that does",
    "acpi-iommu/smmu": "QEMU has no SMMU in front of a window",
    "acpi-iommu/bus": "Linux takes no VIOT from an initrd",
    "acpi-iommu/registers": "QEMU's virtio-iommu stands in front of PCI alone",
    "acpi-pci": "QEMU's own tables have its PCI host",
    "acpi-prp0001": "behind UEFI QEMU has no PL061, and the kernel reads the registers of one",
    "bus-with-ranges": "its address map is of no machine of QEMU's",
    "cloud-hypervisor": "the machine is Cloud Hypervisor's",
    "crosvm": "the machine is crosvm's",
    "crosvm-pci": "the machine is crosvm's",
    "every-platform-device": "its address map is of no machine of QEMU's",
    "firecracker": "the machine is Firecracker's",
    "hypervisor-smmu": "QEMU has none of its hardware, and no hypervisor below",
    "kvmtool": "the machine is kvmtool's",
    "pci-function-pool": "its ECAM is not where QEMU's is",
    "power-secure/large": "its tree is QEMU's own, and QEMU has no secure VM without an ultravisor",
    "power-secure/open": "its tree is QEMU's own",
    "power-secure/small": "its tree is QEMU's own, and QEMU has no secure VM without an ultravisor",
    "qemu-options/firmware": "nothing in it does DMA; its tree is compared with QEMU's own",
    "qemu-options/hypervisor": "nothing in it does DMA; its tree is compared with QEMU's own",
    "qemu-options/large": "it has 200 processors and 300 GiB",
    "qemu-options/said-again": "nothing in it does DMA; its tree is compared with QEMU's own",
    "raw-node": "QEMU has no watchdog at that address",
    "realm": "QEMU emulates no realms",
    "riscv64-aia/wires":
      "one boot of eight hung behind the wired APLIC of QEMU 7.2, without a word; why is not known",
    "riscv64-aia/supervisor": "QEMU's harts have machine mode, too",
    "s390-protected": "QEMU protects no guest without a processor that does",
    "smmuv3/two-hosts": "QEMU has one host bridge",
    "three-machines-two-shares/disk": "it serves a device of another machine, and has none",
    "three-machines-two-shares/net": "it serves a device of another machine, and has none",
    "x86_64/pc": "QEMU's own tables have its PCI host",
    "virtio-iommu-mmio": "QEMU's virtio-iommu stands in front of PCI alone",
    "xen-domains/log": "it has no devices to show something with",
  ]

  private static let gicv2 = GuestMachine.virt.options("gic-version=2").cpus(2).mebibytes(128)
  private static let loops: [GuestDevice] = [
    .mmio(.entropy, 0), .mmio(.entropy, 1), .mmio(.block, 2), .mmio(.block, 3, ",num-queues=4"),
  ]
  private static let loopsInPool: [Prediction] = (0..<4).map {
    .confined(Named.mmio($0), pool: "bounce@5e000000")
  }
}

extension BootCase {
  /// A platform of the fixtures.
  fileprivate static func fixture(
    _ platform: String, machine name: String = "guest", on machine: GuestMachine = .virt,
    _ devices: [GuestDevice], _ expectations: Prediction...
  ) -> BootCase {
    fixture(platform, machine: name, on: machine, devices, expectations)
  }

  fileprivate static func fixture(
    _ platform: String, machine name: String = "guest", on machine: GuestMachine = .virt,
    _ devices: [GuestDevice], _ expectations: [Prediction]
  ) -> BootCase {
    BootCase(
      name: "\(platform)/\(name)", tree: .fixture(platform, machine: name), machine: machine,
      devices: devices, expectations: expectations)
  }
}

extension Named {
  /// The address of a window of QEMU's arm64 machine.
  static func mmio(_ slot: Int) -> String { String(0x0a00_0000 + slot * 0x200, radix: 16) }

  /// The address of a window of QEMU's riscv64 machine.
  static func riscvMMIO(_ slot: Int) -> String { String(0x1000_1000 + slot * 0x1000, radix: 16) }
}
