/// A machine type of a VMM: its address map, interrupts and node names are known.
public struct Machine: Sendable, Hashable, Codable {
  /// The VMM and its machine type.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// QEMU's `virt` for arm64.
    case qemuVirt
  }

  /// The version of the interrupt controller.
  public enum GICVersion: String, Sendable, Hashable, Codable, CaseIterable {
    /// GICv2 with a GICv2m frame for MSIs.
    case v2
    /// GICv3, with an ITS.
    case v3
  }

  /// The VMM and its machine type.
  public var kind: Kind
  /// The version of the interrupt controller.
  public var gic: GICVersion
  /// The `compatible` of the processors.
  public var cpuCompatible: String
  /// The number of processors, at least 1.
  public var cpus: Int
  /// The size of RAM.
  public var memory: ByteCount

  /// The instruction set.
  public var architecture: Architecture {
    switch kind {
    case .qemuVirt: .arm64
    }
  }

  /// QEMU's `virt`, as of QEMU 7.2.
  ///
  /// RAM from 0x4000_0000, one PL011, 32 slots for virtio-mmio. `qemu-system-aarch64 -M virt` takes
  /// GICv2 unless it is told `gic-version=3`.
  ///
  /// - Parameters:
  ///   - gic: The interrupt controller, `-M virt,gic-version=`.
  ///   - cpuCompatible: The processors' `compatible`; QEMU writes that of `-cpu`.
  /// - Returns: The machine, with one processor and QEMU's 128 MiB until a virtual machine says more.
  ///
  /// **Source:** QEMU `hw/arm/virt.c`, `base_memmap` and `a15irqmap`.
  public static func qemuVirt(
    gic: GICVersion, cpuCompatible: String = "arm,cortex-a57"
  ) -> Machine {
    Machine(
      kind: .qemuVirt, gic: gic, cpuCompatible: cpuCompatible, cpus: 1, memory: .mib(128))
  }
}
