import DTGenTestSupport
import DeviceTree
import PlatformDescription
import PlatformLowering
import Testing

/// Devices of QEMU's machines against the nodes that QEMU itself writes, property by property.
@Suite("devices beside QEMU's")
struct QEMUDeviceTests {
  private func dump(_ tool: Tool, _ machine: String, _ arguments: [String]) throws -> NodeTable {
    let scratch = try ScratchDirectory()
    let result = try tool.run(
      ["-M", machine + ",dumpdtb=virt.dtb", "-m", "1024", "-nographic", "-net", "none"] + arguments,
      directory: scratch.path)
    let bytes = try #require(scratch.read("virt.dtb"), "\(result.errors)")
    return NodeTable(try FlattenedTree(bytes))
  }

  private func lower(_ machine: VirtualMachine) throws -> NodeTable {
    let lowering = Lowering(Platform("p") { machine })
    #expect(lowering.mistakes == [])
    let lowered = try #require(lowering.machines.first)
    return NodeTable(try FlattenedTree(lowered.tree.flattened()))
  }

  /// What interrupts a GIC and a PLIC say is different; everything else has to be the same.
  private func compare(
    _ paths: [String], _ ours: NodeTable, _ theirs: NodeTable, without left: Set<String> = []
  ) {
    for path in paths {
      #expect(theirs[path] != nil, "QEMU has no \(path)")
      #expect(ours[path] != nil, "we have no \(path)")
      #expect(
        ours[path]?.filter { !left.contains($0.key) }
          == theirs[path]?.filter { !left.contains($0.key) },
        "\(path)")
    }
  }

  private static let gpio = PL061(at: 0x0903_0000, interrupt: .spi(7, .levelHigh))
  private static let secureGPIO = PL061(at: 0x090b_0000, interrupt: .spi(0, .levelHigh))
    .secureOnly()

  @Test("of the arm64 machine", .requires(.qemuArm))
  func arm64() throws {
    let ours = try lower(
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        Self.gpio
        GPIOKeys {
          GPIOKey("poweroff", code: 116, label: "GPIO Key Poweroff", gpio: Self.gpio.line(3))
        }
        PL031(at: 0x0901_0000, interrupt: .spi(2, .levelHigh))
        FwCfg(at: 0x0902_0000)
        Flash(banks: [
          AddressRange(at: 0, size: .mib(64)), AddressRange(at: 0x0400_0000, size: .mib(64)),
        ])
        Bus(
          "platform-bus", .qemuPlatform,
          ranges: [.init(child: 0, parent: 0x0c00_0000, size: .mib(32))]
        ) {}
      })
    let theirs = try dump(.qemuArm, "virt,gic-version=3", ["-cpu", "cortex-a57"])
    compare(
      [
        "/pl061@9030000", "/gpio-keys", "/gpio-keys/poweroff", "/pl031@9010000", "/fw-cfg@9020000",
        "/flash@0", "/platform-bus@c000000",
      ], ours, theirs)
  }

  @Test("of the arm64 machine with a secure world", .requires(.qemuArm))
  func secure() throws {
    let ours = try lower(
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        Self.secureGPIO
        GPIOPoweroff(Self.secureGPIO.line(0)).secureOnly()
        GPIORestart(Self.secureGPIO.line(1)).secureOnly()
        PL011(at: 0x0904_0000, interrupt: .spi(8, .levelHigh)).secureOnly()
        Flash(banks: [AddressRange(at: 0x0400_0000, size: .mib(64))])
      })
    let theirs = try dump(.qemuArm, "virt,gic-version=3,secure=on", ["-cpu", "cortex-a57"])
    compare(
      [
        "/pl061@90b0000", "/gpio-poweroff", "/gpio-restart", "/pl011@9040000", "/flash@4000000",
      ], ours, theirs)
  }

  @Test("of the riscv64 machine, but for what names the interrupt", .requires(.qemuRISCV))
  func riscv64() throws {
    let test = SiFiveTest(at: 0x10_0000)
    let ours = try lower(
      VirtualMachine("guest", architecture: .arm64) {
        GICv3(distributor: 0x0800_0000, redistributors: 0x080a_0000)
        Bus("soc") {
          GoldfishRTC(at: 0x10_1000, interrupt: .spi(11, .levelHigh))
          NS16550(at: 0x1000_0000, interrupt: .spi(10, .levelHigh), clockFrequency: 3_686_400)
          test
        }
        SysconPoweroff(regmap: test)
        SysconReboot(regmap: test)
        FwCfg(at: 0x1010_0000)
        Flash(banks: [
          AddressRange(at: 0x2000_0000, size: .mib(32)),
          AddressRange(at: 0x2200_0000, size: .mib(32)),
        ])
        Bus(
          "platform-bus", .qemuPlatform,
          ranges: [.init(child: 0, parent: 0x0400_0000, size: .mib(32))]
        ) {}
      })
    let theirs = try dump(.qemuRISCV, "virt", [])
    compare(
      [
        "/soc/rtc@101000", "/soc/serial@10000000", "/soc/test@100000", "/poweroff", "/reboot",
        "/fw-cfg@10100000", "/flash@20000000", "/platform-bus@4000000",
      ], ours, theirs, without: ["interrupts", "interrupt-parent"])
  }

  @Test("of the platform bus: a TPM", .requires(.qemuArm))
  func platformBus() throws {
    let ours = try lower(
      VirtualMachine("guest", on: .qemuVirt(gic: .v3), cpus: 1, memory: .gib(1)) {
        Bus(
          "platform-bus", .qemuPlatform,
          ranges: [.init(child: 0, parent: 0x0c00_0000, size: .mib(32))]
        ) { TPMTIS(at: 0) }
      })
    // As QEMU 7.2 writes it with an emulated TPM, which takes a process of its own to start.
    #expect(
      ours["/platform-bus@c000000/tpm_tis@0"] == [
        "compatible": NodeTable.bytes("tcg,tpm-tis-mmio"), "reg": "0 0 0 0 0 0 50 0",
      ])
  }
}
