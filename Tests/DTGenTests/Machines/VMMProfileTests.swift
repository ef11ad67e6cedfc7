import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformDescription
import PlatformLint
import PlatformLowering
import Testing

@testable import dtgen

/// A machine that is borrowed from a VMM, and the profile of that VMM.
struct BorrowedVMM: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let target: TargetName
  let machine: PlatformDescription.Machine
  var memory = ByteCount.mib(512)
  var cpus = 2

  init(
    _ name: String, _ target: TargetName, _ machine: PlatformDescription.Machine,
    memory: ByteCount = .mib(512), cpus: Int = 2
  ) {
    testDescription = name
    self.target = target
    self.machine = machine
    self.memory = memory
    self.cpus = cpus
  }

  static let all = [
    BorrowedVMM("crosvm", .crosvm, .crosvm()),
    BorrowedVMM("crosvm with GICv2", .crosvm, .crosvm(gic: .v2), cpus: 1),
    BorrowedVMM("crosvm with a pool", .crosvm, .crosvm(swiotlb: .mib(64)), memory: .gib(4)),
    BorrowedVMM("Firecracker", .firecracker, .firecracker(), cpus: 32),
    BorrowedVMM("Firecracker with GICv2", .firecracker, .firecracker(gic: .v2), cpus: 1),
    BorrowedVMM("Firecracker with PCI", .firecracker, .firecracker(pci: true), memory: .gib(64)),
    BorrowedVMM("Cloud Hypervisor", .cloudHypervisor, .cloudHypervisor()),
    BorrowedVMM(
      "Cloud Hypervisor around its hole", .cloudHypervisor, .cloudHypervisor(), memory: .gib(8)),
  ]

  /// What the VMM calls its own devices: windows of virtio-mmio, or functions.
  private var hasWindows: Bool { target == .firecracker && machine.pci != true }

  func platform() -> Platform {
    Platform("p") {
      VirtualMachine("guest", on: machine, cpus: cpus, memory: memory) {
        if hasWindows {
          VirtioMMIO(.block)
          VirtioMMIO(.network(controlQueue: false))
        } else {
          PCIHostBridge {
            VirtioPCI(.block, slot: 1)
            VirtioPCI(.console(), slot: 2)
          }
        }
      }
    }
  }
}

/// The machines that descriptions borrow, held to the profiles of the VMMs that they are borrowed from.
@Suite("borrowed machines under the profile of their VMM")
struct VMMProfileTests {
  private static func rules(
    _ platform: Platform, _ target: TargetName
  ) throws -> [String] {
    let lowering = Lowering(platform)
    let lowered = try #require(lowering.machines.first, "\(lowering.mistakes)")
    let machine = try JudgedMachine(lowered, SourceLines(), targets: [Target(target)])
    let own = Set(RuleCatalogue.all.filter { $0.profile == target }.map { $0.id })
    return machine.findings.map(\.rule).filter(own.contains)
  }

  @Test("are what the VMM would write", arguments: BorrowedVMM.all)
  func clean(vmm: BorrowedVMM) throws {
    #expect(try Self.rules(vmm.platform(), vmm.target) == [])
  }

  @Test("are what no other of them would write", arguments: BorrowedVMM.all)
  func foreign(vmm: BorrowedVMM) throws {
    for other in [TargetName.crosvm, .firecracker, .cloudHypervisor] where other != vmm.target {
      #expect(try !Self.rules(vmm.platform(), other).isEmpty, "\(other.rawValue)")
    }
  }

  @Test(
    "a pool is found where the VMM writes none",
    arguments: [TargetName.firecracker, .cloudHypervisor])
  func pools(target: TargetName) throws {
    let machine: PlatformDescription.Machine =
      target == .firecracker ? .firecracker() : .cloudHypervisor()
    let pool = RestrictedDMAPool("bounce", size: .computed)
    let platform = Platform("p") {
      VirtualMachine("guest", on: machine, cpus: 1, memory: .gib(1)) {
        pool
        if target == .firecracker {
          VirtioMMIO(.block, memoryRegion: pool)
        } else {
          PCIHostBridge(memoryRegion: pool) { VirtioPCI(.block, slot: 1) }
        }
      }
    }
    let family = target == .firecracker ? "firecracker" : "cloudhypervisor"
    #expect(try Self.rules(platform, target) == ["\(family)/pool-not-written"])
  }

  @Test("pvmfw takes a protected guest of crosvm, and an older one doesn't")
  func firmware() throws {
    let platform = BorrowedVMM("crosvm", .crosvm, .crosvm(swiotlb: .mib(64))).platform()
    let lowered = try #require(Lowering(platform).machines.first)
    let machine = try JudgedMachine(lowered, SourceLines(), targets: [Target(.pvmfw)])
    let findings = machine.findings.filter { $0.rule.hasPrefix("pvmfw/") }
    #expect(findings.map(\.rule) == ["pvmfw/host-refused", "pvmfw/host-refused"])
    #expect(findings.allSatisfy { $0.severity == .note && $0.message.contains("older") })
  }

  @Test("an IOMMU in front of Cloud Hypervisor's functions is what it would write")
  func iommu() throws {
    let viommu = VirtioIOMMU(slot: 1)
    let platform = Platform("p") {
      VirtualMachine("guest", on: .cloudHypervisor(), cpus: 1, memory: .gib(1)) {
        PCIHostBridge(iommu: viommu) {
          viommu
          VirtioPCI(.block, slot: 2)
        }
      }
    }
    #expect(try Self.rules(platform, .cloudHypervisor) == [])
  }

  @Test("a region that an overlay brings is one that crosvm can add")
  func overlay() throws {
    let machine = VirtualMachine("guest", on: .crosvm(), cpus: 2, memory: .mib(512)) {
      ReservedMemory("log", at: 0x9f00_0000, size: .mib(1), compatible: ["example,log"])
    }
    let full = try #require(Lowering(Platform("p") { machine }).machines.first)
    let preset = try #require(Lowering.preset(of: machine))
    let merged = try #require(BasedMachine(full, onto: preset.tree, preset: nil).machine)
    let overlay = DerivedOverlay(
      from: preset.tree, to: merged.tree, references: merged.references, symbols: merged.symbols)
    let tree = try FlattenedTree(overlay.tree.flattened())
    let judgement = Judge(targets: [Target(.crosvm)]).judge(tree)
    #expect(judgement.findings.filter { $0.rule.hasPrefix("crosvm/") }.map(\.rule) == [])
  }
}
