import DTGenTestSupport
import DeviceTree
import Diagnostics
import GuestView
import PlatformLint
import Testing

/// A machine as QEMU can be asked for it.
struct QEMUMachine: Sendable, CustomTestStringConvertible {
  let options: String
  let more: [String]

  init(_ options: String, _ more: String...) {
    self.options = options
    self.more = more
  }

  var testDescription: String { ([options] + more).joined(separator: " ") }

  /// What a tree can show of the options of arm64's `virt`.
  static let arm = [
    QEMUMachine("gic-version=2"), QEMUMachine("gic-version=2", "-smp", "8"),
    QEMUMachine("gic-version=2,virtualization=on"), QEMUMachine("gic-version=2,secure=on"),
    QEMUMachine("gic-version=3", "-smp", "1"), QEMUMachine("gic-version=3", "-smp", "123"),
    QEMUMachine("gic-version=3", "-smp", "200"),
    QEMUMachine("gic-version=4,virtualization=on", "-smp", "4"),
    QEMUMachine("gic-version=3,its=off"), QEMUMachine("gic-version=3,secure=on"),
    QEMUMachine("gic-version=3,virtualization=on"),
    QEMUMachine("gic-version=3,secure=on,virtualization=on"),
    QEMUMachine("gic-version=3,highmem=off"),
    QEMUMachine("gic-version=3,iommu=smmuv3"), QEMUMachine("gic-version=2,iommu=smmuv3"),
    QEMUMachine("gic-version=3,iommu=smmuv3,highmem=off"),
    QEMUMachine("gic-version=3", "-device", "virtio-iommu-pci"),
    QEMUMachine("gic-version=3", "-device", "virtio-iommu-pci,addr=1f.7"),
    QEMUMachine("gic-version=3,mte=on"), QEMUMachine("gic-version=3,ras=on"),
    QEMUMachine("gic-version=3,dtb-randomness=off"), QEMUMachine("gic-version=3,acpi=off"),
    QEMUMachine("gic-version=3", "-m", "4096"), QEMUMachine("gic-version=3", "-m", "128"),
    QEMUMachine(
      "gic-version=3", "-smp", "4,sockets=2", "-m", "1024", "-object",
      "memory-backend-ram,id=a,size=512M", "-object", "memory-backend-ram,id=b,size=512M", "-numa",
      "node,memdev=a,cpus=0-1", "-numa", "node,memdev=b,cpus=2-3"),
  ]

  /// The same for RISC-V's.
  static let riscv = [
    QEMUMachine("aclint=off"), QEMUMachine("aclint=on"), QEMUMachine("aia=none", "-smp", "8"),
    QEMUMachine("aia=aplic"), QEMUMachine("aia=aplic-imsic"),
    QEMUMachine("aia=aplic-imsic,aia-guests=3", "-smp", "4"),
    QEMUMachine(
      "aia=none", "-smp", "4,sockets=2", "-m", "1024", "-object",
      "memory-backend-ram,id=a,size=512M", "-object", "memory-backend-ram,id=b,size=512M", "-numa",
      "node,memdev=a,cpus=0-1", "-numa", "node,memdev=b,cpus=2-3"),
  ]
}

@Suite("Machines that QEMU describes")
struct QEMUMachineTests {
  @Test("an arm64 machine has no finding", .requires(.qemuArm), arguments: QEMUMachine.arm)
  func arm(machine: QEMUMachine) throws {
    let report = Linter().lint(GuestView(tree: try qemuTree(machine.options, machine.more)))
    #expect(report.findings.map(\.line) == [])
  }

  @Test("a RISC-V machine has no finding", .requires(.qemuRISCV), arguments: QEMUMachine.riscv)
  func riscv(machine: QEMUMachine) throws {
    let scratch = try ScratchDirectory()
    let file = scratch.path + "/qemu.dtb"
    let result = try Tool.qemuRISCV.run(
      [
        "-M", "virt,\(machine.options),dumpdtb=\(file)", "-bios", "none", "-nographic", "-net",
        "none",
      ]
        + machine.more)
    let bytes = try #require(scratch.read("qemu.dtb"), "\(result.errors)")
    let report = Linter().lint(GuestView(tree: try FlattenedTree(bytes)))
    // True: QEMU names its ACLINT's timer after the second of its two ranges.
    let known = ["structure/unit-address-differs": "/soc/mtimer@2004000"]
    #expect(
      report.findings.filter { known[$0.rule] == nil || known[$0.rule] != $0.place.node }
        .map(\.line) == [])
  }
}
