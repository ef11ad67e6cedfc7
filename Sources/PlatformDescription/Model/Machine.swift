/// A machine type of a VMM: its address map, interrupts and node names are known.
public struct Machine: Sendable, Hashable, Codable {
  /// The VMM and its machine type.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// QEMU's `virt` for arm64.
    case qemuVirt
    /// QEMU's `virt` for riscv64.
    case qemuVirtRISCV64
    /// crosvm for arm64.
    case crosvm
    /// Firecracker for arm64.
    case firecracker
    /// Cloud Hypervisor for arm64.
    case cloudHypervisor
    /// kvmtool, `lkvm`, for arm64.
    case kvmtool
  }

  /// The version of the interrupt controller of an arm64 machine.
  public enum GICVersion: String, Sendable, Hashable, Codable, CaseIterable {
    /// GICv2, with a GICv2m frame for MSIs where the VMM has one.
    case v2
    /// GICv3, with an ITS where the VMM has one.
    case v3
    /// GICv4, with an ITS: QEMU's alone.
    case v4
  }

  /// The interrupt controller of a riscv64 machine.
  public enum RISCVInterruptController: String, Sendable, Hashable, Codable, CaseIterable {
    /// A PLIC.
    case plic
    /// Two APLIC domains, machine's and supervisor's, wired to the harts.
    case aplic
    /// Two APLIC domains that send messages to two IMSICs.
    case aplicIMSIC
  }

  /// The VMM and its machine type.
  public var kind: Kind
  /// The version of the interrupt controller; nil on riscv64, and for the VMM's own choice.
  public var gic: GICVersion?
  /// The interrupt controller of a riscv64 machine; nil elsewhere, and for the VMM's own choice.
  public var interruptController: RISCVInterruptController?
  /// Whether a GICv3 has an ITS; nil for yes.
  public var its: Bool?
  /// Whether anything may lie above 4 GiB; nil for yes.
  public var highmem: Bool?
  /// Whether the guest may run guests of its own; nil for no.
  public var virtualization: Bool?
  /// Whether firmware is loaded that brings ACPI; nil for no.
  public var firmware: Bool?
  /// Whether virtio devices are on PCI, where the VMM has both; nil for no.
  public var pci: Bool?
  /// How many bits a guest-physical address has, where the host decides; nil for 40.
  public var physicalAddressBits: Int?
  /// The size of the pool that all devices bounce through; nil for none.
  public var swiotlb: ByteCount?
  /// The `compatible` of the processors.
  public var cpuCompatible: String
  /// What the harts of a riscv64 machine execute; nil elsewhere, and for the VMM's own choice.
  public var isa: String?
  /// Whether the harts of a riscv64 machine have `riscv,isa-extensions`; nil for yes.
  public var isaExtensions: Bool?
  /// The number of processors, at least 1.
  public var cpus: Int
  /// The size of RAM.
  public var memory: ByteCount

  /// The instruction set.
  public var architecture: Architecture {
    switch kind {
    case .qemuVirt, .crosvm, .firecracker, .cloudHypervisor, .kvmtool: .arm64
    case .qemuVirtRISCV64: .riscv64
    }
  }

  /// A machine of one processor and 128 MiB, until a virtual machine says more.
  init(
    _ kind: Kind, gic: GICVersion? = nil,
    interruptController: RISCVInterruptController? = nil, cpuCompatible: String
  ) {
    self.kind = kind
    self.gic = gic
    self.interruptController = interruptController
    self.cpuCompatible = cpuCompatible
    self.cpus = 1
    self.memory = .mib(128)
  }
}
