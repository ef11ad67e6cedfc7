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
  /// How many functions are on its PCI bus; nil for a machine without one.
  public var functions: Int?

  /// The shape in words.
  public var testDescription: String { "\(name), \(cpus) processors, \(memory)" }

  /// A virtual machine on it, with a pool that its devices are confined to.
  public var platform: Platform {
    let pool = RestrictedDMAPool("bounce", size: .mib(8), alignment: .mib(2))
    return Platform("p") {
      VirtualMachine("guest", on: machine, cpus: cpus, memory: memory) {
        pool
        for _ in 0..<devices { VirtioMMIO(.block, memoryRegion: pool) }
        if let functions {
          PCIHostBridge(memoryRegion: pool) {
            for slot in 0..<functions { VirtioPCI(.block, slot: slot + 1) }
          }
        }
      }
    }
  }

  /// Each machine with one processor, with as many as it has room for, and with two clusters.
  public static let all: [PresetShape] = machines.flatMap { name, machine, slots, functions, most in
    [(1, ByteCount.mib(256)), (most, .gib(4)), (min(most, 17), .gib(64))].map { cpus, memory in
      PresetShape(
        name: name, machine: machine, cpus: cpus, memory: memory, devices: slots,
        functions: functions)
    }
  }

  private static let machines: [(String, Machine, slots: Int, functions: Int?, most: Int)] = [
    ("QEMU, GICv2", .qemuVirt(gic: .v2), 32, 0, 8),
    ("QEMU, GICv3", .qemuVirt(gic: .v3), 32, 3, 512),
    ("QEMU, GICv3 without ITS", .qemuVirt(gic: .v3, its: false), 32, 3, 512),
    ("QEMU, GICv3, firmware", .qemuVirt(gic: .v3, firmware: true), 32, 3, 512),
    ("QEMU, GICv4", .qemuVirt(gic: .v4), 32, 31, 317),
    ("QEMU, PLIC", .qemuVirtRISCV64(), 8, 3, 512),
    ("QEMU, APLIC", .qemuVirtRISCV64(interruptController: .aplic), 8, 3, 512),
    ("QEMU, IMSIC", .qemuVirtRISCV64(interruptController: .aplicIMSIC), 8, 31, 512),
    ("crosvm, GICv2", .crosvm(gic: .v2), 0, 31, 8),
    ("crosvm, GICv3", .crosvm(), 0, 31, 512),
    ("Firecracker, GICv2", .firecracker(gic: .v2), 93, nil, 8),
    ("Firecracker, GICv3", .firecracker(), 93, nil, 32),
    ("Firecracker, PCI", .firecracker(pci: true), 0, 31, 32),
    ("Cloud Hypervisor", .cloudHypervisor(), 0, 31, 512),
    ("Cloud Hypervisor, 48 bits", .cloudHypervisor(physicalAddressBits: 48), 0, 31, 512),
    ("kvmtool, GICv2", .kvmtool(gic: .v2), 220, 0, 8),
    ("kvmtool, GICv3", .kvmtool(its: false), 100, 31, 512),
    ("kvmtool, GICv3 with ITS", .kvmtool(), 189, 31, 512),
  ]
}
