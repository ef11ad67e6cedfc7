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

  /// The board of a machine of this architecture: `arm64`, `riscv64` or `x86_64`.
  public init?(architecture: String) {
    switch architecture {
    case "arm64": self = .arm64Virt
    case "riscv64": self = .riscv64Virt
    case "x86_64": self = .microvm
    default: return nil
    }
  }

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

  private var windows: (base: UInt64, stride: UInt64, count: UInt64) {
    switch self {
    case .arm64Virt: (0x0a00_0000, 0x200, 32)
    case .riscv64Virt: (0x1000_1000, 0x1000, 8)
    case .microvm: (0xfeb0_0000, 0x200, 24)
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
