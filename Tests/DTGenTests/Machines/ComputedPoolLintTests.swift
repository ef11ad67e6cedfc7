import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLowering
import PoolSizing
import Testing

@testable import dtgen

/// Numbers that look like chance and are the same in every run.
private struct Mix {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}

/// Computed pools of many machines, judged by the rules, which read the bytes and know nothing of how a
/// pool came to its size.
@Suite("computed pools, judged")
struct ComputedPoolLintTests {
  private static func device(_ mix: inout Mix) -> VirtioDevice {
    let size = mix.one(of: [16, 64, 128, 256, 512, 1024])
    let devices: [VirtioDevice] = [
      .block(queues: 1 + mix.below(8), queueSize: size), .network(queuePairs: 1 + mix.below(4)),
      .console(ports: 1 + mix.below(3), queueSize: size), .console(ports: 1, maxNrPorts: 31),
      .scsi(queues: 1 + mix.below(4)), .nineP, .gpu(), .socket, .sound, .fileSystem, .input,
      .crypto, .entropy.queueSize(size), VirtioDevice.network().queueSize(size),
      VirtioDevice(deviceID: 42, queues: [Virtqueue("q", size: size)]),
    ]
    return mix.one(of: devices)
  }

  private static func features(_ mix: inout Mix) -> [VirtioFeature] {
    mix.below(3) == 0 ? [.ringPacked] : []
  }

  private static func size(
    _ mix: inout Mix, of machine: PlatformDescription.Machine?
  ) -> ComputedSize {
    if machine?.architecture == .riscv64 { return .computed }
    return mix.one(of: [
      .computed, .computed, .computed(guestPageSize: .kib(16)), .computed(guestPageSize: .kib(64)),
    ])
  }

  /// A machine with up to six devices, on one to three pools.
  private static func onMMIO(_ mix: inout Mix, on kind: PlatformDescription.Machine) -> Platform {
    let pools = (0...mix.below(3)).map { index in
      RestrictedDMAPool("pool-\(index)", size: size(&mix, of: kind))
    }
    // Each pool has a device.
    let devices =
      pools.map { (device(&mix), features(&mix), $0) }
      + (0..<mix.below(4)).map { _ in (device(&mix), features(&mix), mix.one(of: pools)) }
    let reserved = GuestAddress(kind.architecture == .riscv64 ? 0xb000_0000 : 0x9f00_0000)
    return Platform("p") {
      VirtualMachine("guest", on: kind, cpus: 1, memory: .gib(32)) {
        pools
        ReservedMemory("firmware", at: reserved, size: .mib(16), noMap: true)
        for (device, features, pool) in devices {
          VirtioMMIO(device, memoryRegion: pool, features: features)
        }
      }
    }
  }

  private static func onPCI(_ mix: inout Mix) -> Platform {
    let bus = RestrictedDMAPool("bus", size: size(&mix, of: nil))
    let own = RestrictedDMAPool("own", size: size(&mix, of: nil))
    let devices = (0...mix.below(6)).map { _ in (device(&mix), features(&mix), mix.below(3) == 0) }
    let bridged = device(&mix)
    return Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(32)) {
        bus
        if devices.contains(where: \.2) { own }
        PCIHostBridge(memoryRegion: bus) {
          PCIBridge(slot: 1, buses: 1...1) { VirtioPCI(bridged, slot: 0) }
          for (index, (device, features, isAlone)) in devices.enumerated() {
            VirtioPCI(
              device, slot: 2 + index, memoryRegion: isAlone ? own : nil, features: features)
          }
        }
      }
    }
  }

  /// What is wrong with a pool, its size or its place.
  private static let families = ["dma/pool-", "memory/", "dma/unused", "dma/two", "pci/"]

  private func judge(_ platform: Platform, _ comment: String) throws {
    let lowering = Lowering(platform)
    let lowered = try #require(lowering.machines.first, "\(comment): \(lowering.mistakes)")
    let machine = try JudgedMachine(lowered, SourceLines())
    let findings = machine.findings.filter { finding in
      // The rule knows pages of 4 KiB alone; with larger ones a pool may be larger.
      if finding.rule == "dma/pool-too-large",
        lowered.pools.contains(where: { $0.sizing?.guestPageSize != .kib(4) })
      {
        return false
      }
      return Self.families.contains { finding.rule.hasPrefix($0) }
    }
    #expect(findings.map { "\($0.rule): \($0.message)" } == [], "\(comment)")
    // The checker's own map, which was read from the bytes.
    let claims = machine.view.addressMap.claims
    for pool in lowered.pools {
      let node = try #require(machine.view.tree.node(at: pool.path), "\(comment)")
      let range = try #require(machine.view.reservedMemory?.region(of: node)?.range)
      #expect(range.first == pool.range.at.value && range.size == pool.range.size.bytes)
      #expect(range.first % Bounce.unit == 0 && range.size % UInt128(Bounce.unit) == 0)
      #expect(machine.view.memorySet.contains(range))
      for claim in claims where claim.kind != .memory && claim.node != node {
        #expect(
          claim.range.last < range.first || claim.range.first > range.last,
          "\(comment): \(pool.name) overlaps \(claim.owner)")
      }
    }
  }

  @Test("have room for all their devices on virtio-mmio", arguments: 0..<60)
  func mmio(seed: Int) throws {
    var mix = Mix(seed)
    let kinds: [PlatformDescription.Machine] = [
      .qemuVirt(gic: .v3), .qemuVirtRISCV64(), .firecracker(), .kvmtool(),
    ]
    let kind = kinds[seed % kinds.count]
    try judge(Self.onMMIO(&mix, on: kind), "\(kind.kind) \(seed)")
  }

  @Test("have room for all functions behind a PCI host", arguments: 0..<40)
  func pci(seed: Int) throws {
    var mix = Mix(1000 + seed)
    try judge(Self.onPCI(&mix), "PCI \(seed)")
  }

  @Test("are judged by rules that would find a smaller one")
  func counterproof() throws {
    let pool = RestrictedDMAPool("bounce", size: .computed)
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        pool
        PCIHostBridge(memoryRegion: pool) {
          VirtioPCI(.console(ports: 1, queueSize: 1024, maxNrPorts: 31), slot: 1)
        }
      }
    }
    let lowered = try #require(Lowering(platform).machines.first)
    let computed = try #require(lowered.pools.first)
    let atRest = try #require(computed.sizing?.demand.atRest)
    func rules(_ size: UInt64) throws -> [String] {
      var machine = lowered
      let path = computed.path.split(separator: "/").map(String.init)
      let parent = try #require(machine.tree.root.children.firstIndex { $0.name == path[0] })
      let child = try #require(
        machine.tree.root.children[parent].children.firstIndex { $0.name == path[1] })
      machine.tree.root.children[parent].children[child]["reg"] = .cells(
        [0, UInt32(computed.range.at.value), 0, UInt32(size)])
      return try JudgedMachine(machine, SourceLines()).findings.map(\.rule)
    }
    #expect(try !rules(atRest).contains("dma/pool-too-small-for-devices"))
    #expect(try rules(atRest - 4096).contains("dma/pool-too-small-for-devices"))
  }
}
