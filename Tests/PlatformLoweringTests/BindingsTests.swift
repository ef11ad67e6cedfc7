import DTGenTestSupport
import DeviceTree
import Foundation
import PlatformDescription
import PlatformLowering
import Testing

/// The bindings in `schemas/bindings`, held against dt-schema and against what is emitted.
@Suite("the bindings")
struct BindingsTests {
  static let files: [String] = {
    let files = try? FileManager.default.contentsOfDirectory(atPath: DTValidate.bindings)
    return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test("are there: no test below passes for want of a file")
  func present() {
    #expect(Self.files.count >= 15)
  }

  @Test("are bindings as dt-schema wants them", .requires(.dtDocValidate))
  func wellFormed() throws {
    let paths = Self.files.map { DTValidate.bindings + "/" + $0 }
    let result = try Tool.dtDocValidate.run(["-u", DTValidate.bindings] + paths)
    #expect(result.errors + result.text == "")
    #expect(result.status == 0)
  }

  @Test(
    "have examples that dtc compiles and that they accept themselves",
    .requires(.dtExtractExample), .requires(.dtc), arguments: files)
  func examples(file: String) throws {
    let extracted = try Tool.dtExtractExample.run([DTValidate.bindings + "/" + file])
    #expect(extracted.status == 0, "\(extracted.errors)")
    #expect(extracted.text.contains("compatible"))
    let dtb = try DTC.compile(extracted.text).bytes
    #expect(try DTValidate.findings(dtb: dtb) == [])
  }

  @Test(
    "accept a tree that is right", .requires(.dtValidate), .requires(.dtc),
    arguments: BindingsTree.all)
  func good(tree: BindingsTree) throws {
    let compiled = try DTC.compile(tree.source)
    #expect(compiled.warnings == "")
    #expect(try DTValidate.findings(dtb: compiled.bytes) == [])
  }

  @Test(
    "find what is wrong", .requires(.dtValidate), .requires(.dtc), arguments: BindingsTwin.all)
  func bad(twin: BindingsTwin) throws {
    let place = try #require(twin.tree.source.range(of: twin.original))
    let source = twin.tree.source.replacingCharacters(in: place, with: twin.replacement)
    let findings = try DTValidate.findings(dtb: DTC.compile(source).bytes)
    #expect(
      findings.contains { $0.contains(twin.says) && $0.hasSuffix("[bindings/\(twin.binding)]") },
      "\(findings)")
  }

  @Test("report a node that none of them knows, unless it may be there", .requires(.dtValidate))
  func unbound() throws {
    let source = BindingsTree.protectedGuest.source.replacing(
      "psci {", with: "strange { compatible = \"acme,strange\"; }; psci {")
    let dtb = try DTC.compile(source).bytes
    #expect(
      try DTValidate.findings(dtb: dtb) == [
        "/strange: failed to match any schema with compatible: ['acme,strange']"
      ])
    #expect(try DTValidate.findings(dtb: dtb, unbound: ["acme,strange"]) == [])
  }

  @Test(
    "take no offence at the nodes that QEMU writes", .requires(.dtValidate), .requires(.qemuArm),
    arguments: QEMUTree.all + [
      QEMUTree(gic: 3, options: ",iommu=smmuv3", cpus: 2),
      QEMUTree(gic: 3, cpus: 2, arguments: ["-device", "virtio-iommu-pci,addr=3"]),
    ])
  func qemu(machine: QEMUTree) throws {
    let findings = try DTValidate.findings(dtb: machine.dump())
    // The one node of QEMU's that nobody knows here: a finding, so that silence means something.
    #expect(findings.contains { $0.hasPrefix("/pmu: failed to match any schema") })
    #expect(!findings.contains { $0.hasPrefix("/pcie@10000000: failed to match any schema") })
    #expect(findings.filter { $0.hasSuffix(".yaml]") && $0.contains("[bindings/") } == [])
  }

  @Test(
    "take no offence at the nodes that QEMU writes for riscv64", .requires(.dtValidate),
    .requires(.qemuRISCV), arguments: QEMUTree.allRISCV)
  func qemuRISCV(machine: QEMUTree) throws {
    // QEMU 7.2's name for riscv,delegation, and a property that it has given up since.
    let old = ["'riscv,delegate'", "'riscv,ipi-id'"]
    let findings = try DTValidate.findings(dtb: machine.dump())
    #expect(findings.contains { $0.hasPrefix("/pmu: failed to match any schema") })
    #expect(
      findings.filter { finding in
        finding.hasSuffix(".yaml]") && finding.contains("[bindings/")
          && !old.contains { finding.contains($0) }
      } == [])
  }

  @Test(
    "accept what a preset is lowered to", .requires(.dtValidate),
    arguments: [Machine.GICVersion.v2, .v3, .v4], [1, 2, 8])
  func preset(gic: Machine.GICVersion, cpus: Int) throws {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: gic), cpus: cpus, memory: .gib(1)) {
        bounce
        VirtioMMIO(.block, memoryRegion: bounce)
        VirtioMMIO(.network()).memoryRegion([bounce], names: ["bounce"])
        VirtioMMIO(.entropy).nonCoherent()
      }
    }
    let found = try findings(platform)
    #expect(found == [])
  }

  @Test("accept what a machine written out is lowered to", .requires(.dtValidate))
  func byHand() throws {
    let bounce = RestrictedDMAPool("bounce", size: .mib(8), alignment: .mib(2))
    let uart = PL011(at: 0x1_0000, interrupt: .spi(8, .levelHigh))
    let platform = Platform("p") {
      VirtualMachine("guest", architecture: .arm64) {
        Memory(at: 0x8000_0000, size: .mib(512)) {
          bounce
          ReservedMemory("firmware", at: 0x8000_0000, size: .mib(2), noMap: true)
          ReservedMemory("cma", size: .mib(16), compatible: ["shared-dma-pool"], reusable: true)
        }
        CPUs(20)
        PSCI(.v02, method: .smc)
        GICv3(distributor: 0x1000_0000, redistributors: 0x1010_0000) { ITS(at: 0x1008_0000) }
        ArchTimer(alwaysOn: false)
        Bus(
          "soc", ranges: [.init(child: 0, parent: 0x2000_0000, size: .mib(16))],
          dmaRanges: [.init(child: 0x8000_0000, parent: 0x8000_0000, size: .mib(512))],
          dmaCoherent: true
        ) {
          uart
          VirtioMMIO(.block, at: 0x2_0000, interrupt: .spi(9, .levelHigh), memoryRegion: bounce)
        }
        Alias("serial0", for: uart)
        Chosen(
          bootArguments: "console=ttyAMA0", stdout: uart,
          initrd: AddressRange(at: 0x8800_0000, size: .mib(4)))
      }
    }
    let found = try findings(platform)
    #expect(found == [])
  }

  @Test("accept what every device is lowered to", .requires(.dtValidate))
  func devices() throws {
    let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
    let clock = FixedClock("clock-3141592", frequency: 3_141_592)
    let test = SiFiveTest(at: 0x10_0000)
    let platform = Platform("p") {
      VirtualMachine("guest", architecture: .arm64) {
        Memory(at: 0x4000_0000, size: .gib(1)) {
          SharedDMAPool("heap", at: 0x5e00_0000, size: .mib(8))
          SharedDMAPool("movable", .reusable, size: .mib(8), alignment: .mib(2))
          SharedDMAPool("contiguous", .cmaDefault, at: 0x5000_0000, size: .mib(16))
        }
        CPUs(1)
        PSCI(method: .hvc)
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
        ArchTimer()
        clock
        NS16550(at: 0x3f8, interrupt: .spi(20, .edgeRising), size: .bytes(8))
        NS16550(at: 0x1000_2000, interrupt: .spi(21, .edgeRising), clock: clock)
        PL031(at: 0x0901_0000, interrupt: .spi(2, .levelHigh))
        PL031(at: 0x0904_0000)
        PL030(at: 0x2000, interrupt: .spi(1, .levelHigh), clock: clock)
        GoldfishRTC(at: 0x10_1000, interrupt: .spi(8, .levelHigh))
        MC146818(at: 0x101_0000)
        gpio
        GPIOKeys { GPIOKey("poweroff", code: 116, label: "Power", gpio: gpio.line(3)) }
        GPIOPoweroff(gpio.line(0)).secureOnly()
        GPIORestart(gpio.line(1))
        test
        SysconPoweroff(regmap: test)
        SysconReboot(regmap: test)
        FwCfg(at: 0x0902_0000)
        Flash(banks: [AddressRange(at: 0x2000_0000, size: .mib(64))]).secureOnly()
        Bus(
          "platform-bus", .qemuPlatform,
          ranges: [.init(child: 0, parent: 0x0c00_0000, size: .mib(32))]
        ) {
          TPMTIS(at: 0)
        }
        Bus("parts", .simpleMFD) { TPMTIS(at: 0x3000_0000, interrupt: .spi(9, .levelHigh)) }
        Bus("apb", .ambaBus) { PL011(at: 0x0900_0000, interrupt: .spi(3, .levelHigh)) }
        VCPUStallDetector(at: 0x3000, interrupt: .ppi(15, .levelHigh))
        GoldfishBattery(at: 0x5000, interrupt: .spi(10, .levelHigh))
        VMGenID(at: 0x3fff_0000, interrupt: .spi(11, .edgeRising))
      }
    }
    let found = try findings(platform)
    #expect(found == [])
  }

  @Test("accept PCI hosts, what is on their buses, and IOMMUs", .requires(.dtValidate))
  func pci() throws {
    let bounce = RestrictedDMAPool("bounce", at: 0x5f00_0000, size: .mib(8))
    let smmu = SMMUv3()
    let viommu = VirtioIOMMU(slot: 3)
    let mmio = VirtioIOMMU(at: 0x0a00_0000, interrupt: .spi(16, .edgeRising))
    let platform = Platform("p") {
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 2, memory: .gib(1)) {
        bounce
        smmu
        mmio
        VirtioMMIO(.block, iommu: mmio)
        PCIHostBridge(memoryRegion: bounce, iommu: smmu) {
          viommu
          VirtioPCI(.block, slot: 1, memoryRegion: bounce)
          PCIBridge(slot: 4, buses: 1...1) {
            VirtioPCI(.entropy, slot: 0, iommu: viommu).labelled(Label("rng"))
          }
        }
        PCIHostBridge(
          cam: 0x2000_0000, buses: 0...0, firstInterrupt: .spi(40, .levelHigh), msi: .parent
        ) {
          Window(.io, at: 0x2100_0000, size: .kib(64))
          Window(.memory32, at: 0x2200_0000, size: .mib(16))
          Window(.memory64, at: 0x90_0000_0000, size: .gib(1), prefetchable: true)
        }
        .memoryRegion([bounce], names: ["bounce"]).nonCoherent()
      }
    }
    let found = try findings(platform)
    #expect(found == [])
  }

  private func findings(_ platform: Platform) throws -> [String] {
    let lowering = Lowering(platform)
    #expect(lowering.mistakes.isEmpty)
    let machine = try #require(lowering.machines.first)
    return try DTValidate.findings(dtb: machine.tree.flattened())
  }
}
