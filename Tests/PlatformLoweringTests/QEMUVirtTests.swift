import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// The preset against the tree that QEMU itself writes.
@Suite("the preset of QEMU's virt machine")
struct QEMUVirtTests {
  struct Machine: CustomTestStringConvertible, Sendable {
    var gic: PlatformDescription.Machine.GICVersion
    var cpus: Int
    var mebibytes: UInt64

    var testDescription: String { "gic \(gic.rawValue), \(cpus) processors, \(mebibytes) MiB" }
  }

  static let machines: [Machine] = [
    Machine(gic: .v2, cpus: 1, mebibytes: 128), Machine(gic: .v2, cpus: 2, mebibytes: 1024),
    Machine(gic: .v2, cpus: 8, mebibytes: 3072), Machine(gic: .v3, cpus: 1, mebibytes: 256),
    Machine(gic: .v3, cpus: 2, mebibytes: 1024), Machine(gic: .v3, cpus: 4, mebibytes: 8192),
    Machine(gic: .v3, cpus: 20, mebibytes: 512), Machine(gic: .v3, cpus: 123, mebibytes: 1024),
  ]

  /// What QEMU's machine has besides.
  ///
  /// None of it does DMA but the PCI host, and a guest that isn't told of it leaves it alone. fw-cfg
  /// does, for the firmware alone.
  static let leftOut: Set<String> = [
    "/platform-bus@c000000", "/fw-cfg@9020000", "/gpio-keys", "/pl061@9030000", "/pcie@10000000",
    "/pl031@9010000", "/pmu", "/flash@0",
  ]

  @Test("agrees with the dumped tree node by node", .requires(.qemuArm), arguments: machines)
  func agrees(machine: Machine) throws {
    let qemu = QEMUTree(
      gic: machine.gic == .v2 ? 2 : 3, cpus: machine.cpus, mebibytes: machine.mebibytes)
    let dump = try FlattenedTree(qemu.dump())
    let platform = Platform("p") {
      VirtualMachine(
        "guest", on: .qemuVirt(gic: machine.gic), cpus: machine.cpus,
        memory: .mib(machine.mebibytes)
      ) {
        for _ in 0..<32 { VirtioMMIO(.block) }
      }
    }
    let lowering = Lowering(platform)
    #expect(lowering.mistakes.isEmpty)
    let lowered = try #require(lowering.machines.first)
    let ours = NodeTable(try FlattenedTree(lowered.tree.flattened()))
    let theirs = NodeTable(dump)
    for path in ours.paths {
      #expect(theirs[path] != nil, "QEMU has no \(path)")
      #expect(ours[path] == theirs[path], "\(path) differs")
    }
    let missing = theirs.paths.filter { path in
      ours[path] == nil && !Self.leftOut.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
    #expect(missing.isEmpty, "left out without a reason")
  }

  @Test("fills the slots from the lowest, around windows that were placed by hand")
  func slots() throws {
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        VirtioMMIO(.block)
        VirtioMMIO(.block, at: 0x0a00_0200, interrupt: .spi(17, .edgeRising))
        VirtioMMIO(.network())
      }
    }
    let lowered = try #require(Lowering(platform).machines.first)
    #expect(lowered.devices.map(\.slot) == [0, 1, 2])
    #expect(
      lowered.devices.map(\.path) == [
        "/virtio_mmio@a000000", "/virtio_mmio@a000200", "/virtio_mmio@a000400",
      ])
  }

  @Test("has 32 slots and no more")
  func tooManyDevices() {
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        for _ in 0..<33 { VirtioMMIO(.entropy) }
      }
    }
    #expect(Lowering(platform).mistakes.map(\.id) == ["description/no-slot-left"])
  }
}
