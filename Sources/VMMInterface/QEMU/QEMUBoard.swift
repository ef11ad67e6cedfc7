/// Where a machine of QEMU has its windows for virtio-mmio.
///
/// **Source:** QEMU 7.2 `hw/arm/virt.c` (`VIRT_MMIO`, 32 windows), `hw/riscv/virt.c` (`VIRT_VIRTIO`, 8),
/// `include/hw/i386/microvm.h` (`VIRTIO_MMIO_BASE`, up to 24).
public enum QEMUBoard: String, Sendable, Hashable, CaseIterable {
  /// `-M virt` of arm64.
  case arm64Virt
  /// `-M virt` of riscv64.
  case riscv64Virt
  /// `-M microvm`.
  case microvm
  /// `-M pseries` of ppc64, without windows.
  case pseries
  /// `-M s390-ccw-virtio` of s390x, without windows.
  case s390CCW

  /// The board of a machine of this architecture: `arm64`.
  public init?(architecture: String) {
    switch architecture {
    case "arm64": self = .arm64Virt
    case "riscv64": self = .riscv64Virt
    case "x86_64": self = .microvm
    case "ppc64": self = .pseries
    case "s390x": self = .s390CCW
    default: return nil
    }
  }

  /// Whether its guest takes no description but the VMM's own.
  var describesItself: Bool { self == .pseries || self == .s390CCW }

  /// What the first bus of its PCI host is called.
  var rootBus: String { self == .pseries ? "pci.0" : "pcie.0" }

  /// Whether it has no device of this type.
  ///
  /// **Source:** QEMU 7.2, `-device help` of both programs; `hw/virtio/virtio-iommu-pci.c`, which wants a
  /// board that plugs it in.
  func lacks(_ deviceID: Int) -> Bool { describesItself && [23, 24].contains(deviceID) }

  /// The board of a machine that runs: what QEMU calls its target and the type of the machine, as in
  /// `aarch64` and `virt-7.2-machine`; nil for one that isn't known here.
  public init?(target: String, machineType: String) {
    let isVirt = machineType == "virt-machine" || machineType.hasPrefix("virt-")
    switch target {
    case "aarch64" where isVirt, "arm" where isVirt: self = .arm64Virt
    case "riscv64" where isVirt: self = .riscv64Virt
    case "x86_64" where machineType == "microvm-machine": self = .microvm
    default: return nil
    }
  }

  /// Where its RAM is: the first address, and the first one at which it may not be in one piece any more; nil for a
  /// machine whose RAM can't be made of parts.
  ///
  /// A part is a node of NUMA, and on riscv64 a node is a socket with interrupt controllers of its own, so that the
  /// machine is another one. Of x86's machines `q35` has the least RAM in one piece.
  ///
  /// **Source:** QEMU 7.2 `hw/arm/virt.c` (`VIRT_MEM`), `hw/riscv/virt.c`, `virt_machine_init`, `hw/i386/pc_q35.c`,
  /// `pc_q35_init`, `hw/i386/microvm.c`, `microvm_memory_init`.
  var ram: (first: UInt64, end: UInt64)? {
    switch self {
    case .arm64Virt: (0x4000_0000, 0x80_0000_0000)
    case .microvm: (0, 0xafff_ffff)
    case .riscv64Virt, .pseries, .s390CCW: nil
    }
  }

  private var windows: (base: UInt64, stride: UInt64, count: UInt64) {
    switch self {
    case .arm64Virt: (0x0a00_0000, 0x200, 32)
    case .riscv64Virt: (0x1000_1000, 0x1000, 8)
    case .microvm: (0xfeb0_0000, 0x200, 24)
    case .pseries, .s390CCW: (0, 0x200, 0)
    }
  }

  /// The window at `address`; nil where there is none.
  func slot(of address: UInt64) -> Int? {
    let (base, stride, count) = windows
    guard address >= base, (address - base) % stride == 0, (address - base) / stride < count else {
      return nil
    }
    return Int((address - base) / stride)
  }

  /// How many windows there are.
  var slotCount: Int { Int(windows.count) }

  /// Where the window `slot` is.
  func address(ofSlot slot: Int) -> UInt64? {
    let (base, stride, count) = windows
    return slot >= 0 && slot < count ? base + UInt64(slot) * stride : nil
  }
}
