import DTGenTestSupport
import Foundation
import Testing
import VMMInterface

@testable import dtgen

/// Gates in front of guests that go by tables.
@Suite("dtgen gate qemu, of guests that go by tables", .requiresDistribution, .requires(.qemuX86))
struct GateTablesTests {
  private let scene: GateScene

  init() throws {
    scene = try GateScene()
    try scene.scratch.write(GuestProgram.endingPC, to: "bios")
  }

  private static let known = ["--guest", "debian-13-cloud-amd64"]

  /// A machine that ends with status 33 when its firmware runs.
  private static func pc(_ machine: String, _ more: [String] = []) -> [String] {
    [
      "qemu-system-x86_64", "-M", machine, "-nodefaults", "-display", "none", "-bios", "bios",
      "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-drive",
      "if=none,id=d,file=null-co://,format=raw",
    ] + more
  }

  private static let disk = "virtio-blk-pci,drive=d,disable-legacy=on"
  private static let offers = disk + ",iommu_platform=on"

  @Test("starts a guest that is right", arguments: ["q35", "pc", "microvm"])
  func right(machine: String) throws {
    for words in [[], ["-no-reboot"], ["-action", "reboot=shutdown"]] {
      let result = try scene.gate(Self.known, Self.pc(machine, words))
      #expect(result.status == 33, "\(result.errors)")
      #expect(result.errors == "")
    }
    let judged = try scene.gate(Self.known + ["--verbose"], Self.pc(machine))
    #expect(judged.errors.contains("1 file, 66 rules: no findings"), "\(judged.errors)")
    #expect(scene.litter == [])
  }

  @Test(
    "refuses a device that its IOMMU would not translate",
    arguments: [
      (["-device", "virtio-iommu-pci"], "a virtio-iommu"),
      (["-device", "intel-iommu"], "the IOMMU of DMAR"),
    ])
  func iommu(words: [String], name: String) throws {
    let result = try scene.gate(Self.known, Self.pc("q35", words + ["-device", Self.disk]))
    #expect(result.status == 77)
    #expect(
      result.errors.contains("is behind \(name) and does not offer VIRTIO_F_ACCESS_PLATFORM"),
      "\(result.errors)")
    let offers = try scene.gate(Self.known, Self.pc("q35", words + ["-device", Self.offers]))
    #expect(offers.status == 33, "\(offers.errors)")
  }

  @Test("knows what is behind a bridge, whose bus firmware would number")
  func bridges() throws {
    let words = [
      "-device", "virtio-iommu-pci", "-device", "pcie-root-port,id=first,chassis=1", "-device",
      "pcie-root-port,id=second,chassis=2", "-device", "pcie-pci-bridge,id=third,bus=second",
      "-device",
    ]
    let behind = [(",bus=first", "01:00.0"), (",bus=third,addr=3", "03:03.0")]
    for (place, function) in behind {
      let result = try scene.gate(Self.known, Self.pc("q35", words + [Self.disk + place]))
      #expect(result.status == 77)
      #expect(
        result.errors.contains("the function \(function) is behind a virtio-iommu"),
        "\(result.errors)")
      let offers = try scene.gate(Self.known, Self.pc("q35", words + [Self.offers + place]))
      #expect(offers.status == 33, "\(offers.errors)")
    }
  }

  @Test(
    "refuses a kernel that is told not to translate, or wasn't built to",
    arguments: [
      ("intel-iommu", "intel_iommu=off", nil), ("intel-iommu", "iommu=off", nil),
      ("virtio-iommu-pci", "iommu=pt", nil), ("virtio-iommu-pci", "iommu.passthrough=1", nil),
      ("virtio-iommu-pci", "acpi=off", nil), ("amd-iommu", "quiet amd_iommu=off", nil),
      ("intel-iommu", "quiet", "CONFIG_INTEL_IOMMU_DEFAULT_ON is not set"),
      ("virtio-iommu-pci", "quiet", "CONFIG_IOMMU_DEFAULT_PASSTHROUGH=y"),
    ])
  func passthrough(iommu: String, arguments: String, found: String?) throws {
    let isOn = found == nil ? "INTEL_IOMMU_DEFAULT_ON" : "IOMMU_DEFAULT_PASSTHROUGH"
    let options = [
      "CC_IS_GCC", "ACPI", "SWIOTLB", "VIRTIO_PCI", "VIRTIO_BLK", "VIRTIO_IOMMU", "INTEL_IOMMU",
      "AMD_IOMMU", isOn,
    ]
    let lines = ["# Linux/x86 6.12.43 Kernel Configuration"] + options.map { "CONFIG_\($0)=y" }
    try scene.write("config-pc", lines.joined(separator: "\n"))
    func gate(_ arguments: String) throws -> Tool.Result {
      try scene.gate(
        ["--guest-config", "config-pc"],
        Self.pc(
          "q35",
          [
            "-device", iommu, "-device", Self.offers, "-kernel", "bios", "-append", arguments,
          ]))
    }
    let result = try gate(arguments)
    #expect(result.status == 77, "\(result.errors)")
    #expect(result.errors.contains("[iommu/passthrough-under-acpi]"), "\(result.errors)")
    let word = arguments.split(separator: " ").last.map(String.init) ?? ""
    #expect(result.errors.contains("found: \(found ?? word)"), "\(result.errors)")
    let other = try gate(found == nil ? "quiet" : "intel_iommu=on iommu=nopt")
    #expect(other.status == 33, "\(other.errors)")
  }

  @Test(
    "knows what is behind a bridge of arm64, by the tree and by tables", .requires(.qemuArm),
    arguments: [[], ["-bios", "ending"]])
  func bridgesOfArm(firmware: [String]) throws {
    for (offer, status) in [(Self.disk, 77), (Self.offers, 42)] {
      let result = try scene.gate(
        ["--guest", "debian-13-arm64"],
        [
          "qemu-system-aarch64", "-M", "virt,gic-version=3,iommu=smmuv3", "-cpu", "cortex-a57",
          "-nodefaults", "-display", "none", "-semihosting", "-drive",
          "if=none,id=d,file=null-co://,format=raw", "-device", "pcie-root-port,id=r,chassis=1",
          "-device", offer + ",bus=r",
        ] + (firmware.isEmpty ? ["-kernel", "ending"] : firmware))
      #expect(result.status == status, "\(result.errors)")
      #expect(result.errors.contains("01:00.0") == (status == 77), "\(result.errors)")
    }
  }

  @Test("names the policy that nobody named")
  func policy() throws {
    let words = Self.pc("q35", ["-device", "virtio-iommu-pci", "-device", Self.disk])
    try scene.write(".dtgen.json", #"{"severities": {"iommu": "off"}}"#)
    let result = try scene.gate(Self.known, words)
    #expect(result.status == 33, "\(result.errors)")
    #expect(result.errors.contains("judged by the policy of the working directory, .dtgen.json"))
    #expect(try scene.gate(Self.known + ["--no-policy"], words).status == 77)
  }

  @Test("judges what is behind a second root, as far as that can be known")
  func roots() throws {
    let words = [
      "-device", "pxb-pcie,bus_nr=128,id=pxb", "-device", "pcie-root-port,bus=pxb,id=r0,chassis=1",
    ]
    let disk = ["-device", Self.disk + ",bus=r0"]
    let result = try scene.gate(Self.known, Self.pc("q35", words + disk))
    #expect(result.status == 33, "\(result.errors)")
    let iommu = try scene.gate(
      Self.known, Self.pc("q35", words + ["-device", "virtio-iommu-pci,bus=pcie.0"] + disk))
    #expect(iommu.status == 65)
    #expect(iommu.errors.contains("an IOMMU in front of some buses and not of others"))
  }

  @Test("refuses a kernel that reads no tables, or has no driver for what is in them")
  func kernel() throws {
    let disk = ["-device", "virtio-blk-device,drive=d"]
    for (option, rule) in [
      ("ACPI", "guest/kernel-without-acpi"),
      ("VIRTIO_MMIO", "guest/transport-not-built-under-acpi"),
    ] {
      let options = ["CC_IS_GCC", "ACPI", "SWIOTLB", "VIRTIO_MMIO", "VIRTIO_BLK"].filter {
        $0 != option
      }
      let lines = ["# Linux/x86 6.12.43 Kernel Configuration"] + options.map { "CONFIG_\($0)=y" }
      try scene.write("config-pc", lines.joined(separator: "\n"))
      let result = try scene.gate(["--guest-config", "config-pc"], Self.pc("microvm", disk))
      #expect(result.status == 77)
      #expect(result.errors.contains("[\(rule)]"), "\(result.errors)")
    }
  }

  @Test("starts no guest of which it can't know enough")
  func refused() throws {
    let none = try scene.gate(Self.known, Self.pc("microvm,acpi=off"))
    #expect(none.status == 76)
    #expect(none.errors.contains("has neither a device tree nor ACPI tables for its guest"))
    let kept = try scene.gate(Self.known + ["--keep-tree", "kept.dtb"], Self.pc("q35"))
    #expect(kept.status == 64)
    #expect(kept.errors.contains("has no device tree, which --keep-tree could write"))
    let expected = try scene.gate(Self.known + ["--expect", "guest.dtb"], Self.pc("q35"))
    #expect(expected.status == 64)
    #expect(expected.errors.contains("goes by ACPI tables, which --expect doesn't compare"))
    let unknown = try scene.gate([], Self.pc("q35"))
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains("nothing is known of the guest's kernel"))
    let silent = try scene.gate(
      Self.known + ["--unknown-kernel"], ["qemu-system-x86_64", "-M", "no-such"])
    #expect(silent.status == 64)
  }

  @Test("judges tree and tables where firmware may give the guest either", .requires(.qemuArm))
  func firmware() throws {
    let words = ["-bios", "ending"]
    let pool = try scene.gate(GateScene.kernel, GateScene.right + words)
    #expect(pool.status == 77)
    #expect(pool.errors.contains("[parity/pool-ignored]"), "\(pool.errors)")
    #expect(pool.errors.contains("[guest/kernel-without-acpi]"))
    let iommu = [
      "qemu-system-aarch64", "-M", "virt,gic-version=3,iommu=smmuv3", "-cpu", "cortex-a57",
      "-nodefaults", "-display", "none", "-drive", "if=none,id=d,file=null-co://,format=raw",
      "-device", Self.disk, "-bios", "ending",
    ]
    let result = try scene.gate(["--guest", "debian-13-arm64"], iommu)
    #expect(result.status == 77)
    for rule in ["access-platform-missing", "access-platform-missing-under-acpi"] {
      #expect(result.errors.contains("[iommu/\(rule)]"), "\(result.errors)")
    }
    let kept = try scene.gate(
      GateScene.kernel + ["--firmware-keeps-tree"], GateScene.right + ["-bios", "none"])
    #expect(kept.status == 1, "\(kept.errors)")
  }

  /// QEMU makes its tables once, when they are fetched; a guest would get those of a machine without PCI.
  @Test("leaves a machine that makes its tables anew")
  func reset() throws {
    let signals = try TerminationSignals()
    let command = Self.pc("q35").map { $0 == "bios" ? scene.scratch.path + "/bios" : $0 }
    let launch = try QEMULaunch(command, name: "qemu", signals)
    let patience = VMMPatience(seconds: 10, consequence: "that was it")
    let monitor = QEMUMonitor(
      connection: try QMPConnection(
        VMMSocket(launch.monitor, launch.vmm, name: "qemu", patience)))
    try monitor.openMemory()
    let memory = MachineMemory(
      socket: VMMSocket(launch.memory, launch.vmm, name: "qemu", patience))
    let interface = try #require(
      FirmwareInterface(memory, target: "x86_64", machineType: "pc-q35-7.2-machine"))
    func hasConfigurationSpace() throws -> Bool {
      let before = try memory.read(0x4000, at: interface.buffer)
      let tables = try QEMUTableFile.read(interface)
      try interface.restore()
      #expect(try memory.read(0x4000, at: interface.buffer) == before)
      return QEMUTableFile.stems(of: tables).contains("mcfg")
    }
    func place(_ value: UInt32) throws {
      try memory.write(0x8000_0060, toPort: 0xcf8)
      try memory.write(value, toPort: 0xcfc)
    }
    try place(0xb000_0001)
    #expect(try hasConfigurationSpace())
    try place(0)
    #expect(try hasConfigurationSpace())
    for endsOnReset in [false, true] {
      try monitor.reset(endsOnReset: endsOnReset)
      try monitor.requireUnstarted()
      #expect(try !hasConfigurationSpace())
    }
    launch.vmm.stop(isEnding: (try? monitor.quit()) != nil)
  }
}
