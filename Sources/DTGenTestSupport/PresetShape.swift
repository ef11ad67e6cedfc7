public import PlatformDescription
public import Testing

/// Every machine that can be borrowed, in each of its forms.
public struct PresetShape: CustomTestStringConvertible, Sendable {
  /// The VMM, and what is special about it.
  public var name: String
  /// The machine.
  public var machine: Machine
  /// The number of processors.
  public var cpus: Int
  /// The size of RAM.
  public var memory: ByteCount
  /// How many devices without a place it takes.
  public var devices: Int

  /// The shape in words.
  public var testDescription: String { "\(name), \(cpus) processors, \(memory)" }

  /// A virtual machine on it, with a pool that its devices are confined to where it has slots.
  public var platform: Platform {
    let pool = RestrictedDMAPool("bounce", size: .mib(8), alignment: .mib(2))
    return Platform("p") {
      VirtualMachine("guest", on: machine, cpus: cpus, memory: memory) {
        if devices > 0 { pool }
        for _ in 0..<devices { VirtioMMIO(.block, memoryRegion: pool) }
      }
    }
  }

  /// Each machine with one processor, with as many as it has room for, and with two clusters.
  public static let all: [PresetShape] = machines.flatMap { name, machine, slots, most in
    [(1, ByteCount.mib(256)), (most, .gib(4)), (min(most, 17), .gib(64))].map { cpus, memory in
      PresetShape(name: name, machine: machine, cpus: cpus, memory: memory, devices: slots)
    }
  }

  private static let machines: [(String, Machine, slots: Int, most: Int)] = [
    ("QEMU, GICv2", .qemuVirt(gic: .v2), 32, 8),
    ("QEMU, GICv3", .qemuVirt(gic: .v3), 32, 512),
    ("QEMU, GICv3 without ITS", .qemuVirt(gic: .v3, its: false), 32, 512),
    ("QEMU, GICv4", .qemuVirt(gic: .v4), 32, 317),
    ("QEMU, PLIC", .qemuVirtRISCV64(), 8, 512),
    ("QEMU, APLIC", .qemuVirtRISCV64(interruptController: .aplic), 8, 512),
    ("QEMU, IMSIC", .qemuVirtRISCV64(interruptController: .aplicIMSIC), 8, 512),
    ("crosvm, GICv2", .crosvm(gic: .v2), 0, 8),
    ("crosvm, GICv3", .crosvm(), 0, 512),
    ("Firecracker, GICv2", .firecracker(gic: .v2), 93, 8),
    ("Firecracker, GICv3", .firecracker(), 93, 32),
    ("Cloud Hypervisor", .cloudHypervisor(), 0, 512),
    ("kvmtool, GICv2", .kvmtool(gic: .v2), 220, 8),
    ("kvmtool, GICv3", .kvmtool(its: false), 220, 512),
    ("kvmtool, GICv3 with ITS", .kvmtool(), 220, 512),
  ]
}
