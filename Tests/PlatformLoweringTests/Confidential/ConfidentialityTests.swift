import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

@Suite("guests whose memory is kept from their host")
struct ConfidentialityTests {
  private func encrypted(
    _ kind: Confidentiality, memory: ByteCount = .gib(1),
    @ComponentBuilder _ elements: () -> [Element]
  ) -> Lowering {
    Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: .x86_64, confidential: kind) {
          Memory(at: 0, size: memory)
          elements()
        }
      })
  }

  private func disk(_ withholding: [VirtioFeature] = []) -> VirtioMMIO {
    VirtioMMIO(
      .block, at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising), withholding: withholding)
  }

  @Test("every device offers what lets its driver bounce", arguments: [Confidentiality.sev, .tdx])
  func features(kind: Confidentiality) throws {
    let lowering = encrypted(kind) { disk() }
    #expect(lowering.mistakes == [])
    let features = try #require(lowering.tables.first?.devices.first?.features.map(\.bit))
    #expect(features.contains(VirtioFeature.accessPlatform.bit))
    #expect(features.contains(VirtioFeature.version1.bit))
    for withheld in [VirtioFeature.accessPlatform, .version1] {
      #expect(
        encrypted(kind) { disk([withheld]) }.mistakes.map(\.id)
          == ["description/confidential-device"])
    }
  }

  @Test(
    "Linux takes 6 % of memory for its default pool, from 64 MiB to 1 GiB",
    arguments: [
      (ByteCount.mib(256), UInt64(64 << 20)), (.gib(1), 64 << 20), (.gib(2), 0x7b0_0000),
      (.gib(8), 0x1eb8_0000 + 0x4_0000), (.gib(64), 1 << 30),
    ])
  func defaultPool(memory: ByteCount, usual: UInt64) throws {
    let lowering = encrypted(.sev, memory: memory) { disk() }
    let pool = try #require(lowering.tables.first?.confidentiality?.defaultPool)
    #expect(pool.usual == usual)
    #expect(pool.need > 0)
    #expect(pool.slots == nil)
    #expect(pool.kernelArgument == nil)
  }

  @Test("a need that exceeds it becomes slots of 2 KiB, in whole segments")
  func kernelArgument() throws {
    let lowering = encrypted(.tdx) {
      for slot in MMIOSlots(at: 0xfeb0_0000, count: 8, firstInterrupt: .gsi(16, .edgeRising)) {
        VirtioMMIO(.gpu(width: 1920, height: 1080, framebuffers: 2), at: slot)
      }
    }
    let pool = try #require(lowering.tables.first?.confidentiality?.defaultPool)
    let slots = try #require(pool.slots)
    #expect(pool.need > pool.usual)
    #expect(slots * 2048 >= pool.need)
    #expect(slots % 128 == 0)
    #expect((slots - 128) * 2048 < pool.need)
    #expect(pool.kernelArgument == "swiotlb=\(slots)")
  }

  @Test("a realm calls PSCI by smc, and devices with a pool of their own don't count")
  func realm() throws {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    func machine(_ region: RestrictedDMAPool?) -> Lowering {
      Lowering(
        Platform("p") {
          VirtualMachine(
            "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), confidential: .armCCA
          ) {
            bounce
            VirtioMMIO(.block, memoryRegion: region)
            VirtioMMIO(.entropy, memoryRegion: bounce)
          }
        })
    }
    let lowered = try #require(machine(nil).machines.first)
    let tree = try FlattenedTree(lowered.tree.flattened())
    #expect(tree.node(at: "/psci")?.property("method")?.string == "smc")
    #expect(lowered.confidentiality?.defaultPool?.usual == 64 << 20)
    #expect(lowered.confidentiality?.defaultPool?.need ?? 0 > 0)
    #expect(machine(bounce).machines.first?.confidentiality?.defaultPool?.need == 0)
  }

  @Test("a protected guest's devices have pools, or the hypervisor's IOMMU")
  func protected() {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let pviommu = PKVMIOMMU(id: 1)
    func ids(@ComponentBuilder _ elements: () -> [Element]) -> [String] {
      Lowering(
        Platform("p") {
          VirtualMachine(
            "guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1), confidential: .pKVM
          ) {
            bounce
            elements()
          }
        }
      ).mistakes.map(\.id)
    }
    let lacking = ["description/protected-device-without-pool"]
    #expect(ids { VirtioMMIO(.block, memoryRegion: bounce) } == [])
    #expect(ids { VirtioMMIO(.block) } == lacking)
    #expect(ids { PCIHostBridge(memoryRegion: bounce) { VirtioPCI(.block, slot: 1) } } == [])
    #expect(ids { PCIHostBridge { VirtioPCI(.block, slot: 1) } } == lacking)
    #expect(
      ids {
        PCIHostBridge { PCIFunction("ethernet", slot: 1, vendorID: 0x8086, deviceID: 0x10d3) }
      } == lacking)
    #expect(
      ids {
        pviommu
        PCIHostBridge(iommu: pviommu) {
          PCIFunction("ethernet", slot: 1, vendorID: 0x8086, deviceID: 0x10d3)
        }
      } == [])
  }

  @Test("a technology of another instruction set is a mistake", arguments: Confidentiality.allCases)
  func architectures(kind: Confidentiality) {
    let isArm = kind == .pKVM || kind == .armCCA
    let lowering = Lowering(
      Platform("p") {
        VirtualMachine("guest", architecture: isArm ? .x86_64 : .arm64, confidential: kind) {
          VirtioMMIO(.entropy, at: 0xfeb0_0000, interrupt: .gsi(16, .edgeRising))
        }
      })
    #expect(lowering.mistakes.map(\.id).contains("description/other-architecture"))
  }
}
