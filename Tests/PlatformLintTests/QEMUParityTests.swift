import ACPI
import DTGenTestSupport
import DeviceTree
import Diagnostics
import Foundation
import GuestView
import PlatformLint
import Testing

@Suite("The tree and the tables of QEMU's machines, compared", .requires(.qemuArm))
struct QEMUParityTests {
  private static let disk = "-drive if=none,id=d,file=null-co://,format=raw"

  /// Machines that differ in what trees and tables show.
  static let machines: [QEMUTables] = [
    .arm64("virt"), .arm64("virt,gic-version=2", "-smp 4"),
    .arm64("virt,gic-version=3", "-smp 4"), .arm64("virt,gic-version=3", "-smp 123"),
    .arm64("virt,gic-version=3,its=off"), .arm64("virt,gic-version=3,virtualization=on"),
    .arm64("virt,gic-version=2,virtualization=on"),
    .arm64("virt,gic-version=3,secure=on"), .arm64("virt,gic-version=3,highmem=off"),
    .arm64("virt,gic-version=2,highmem=off"), .arm64("virt,gic-version=3,iommu=smmuv3"),
    .arm64("virt,gic-version=2,iommu=smmuv3"),
    .arm64("virt,gic-version=3,iommu=smmuv3,highmem=off"),
    .arm64("virt,gic-version=3,iommu=smmuv3,default-bus-bypass-iommu=on"),
    .arm64("virt,gic-version=3", "-m 4096"),
    .arm64("virt,gic-version=3", "-device virtio-iommu-pci"),
    .arm64(
      "virt,gic-version=3",
      "-device virtio-iommu-pci,addr=1f.7 -device virtio-blk-pci,drive=d \(disk)"),
    .arm64("virt,gic-version=3", "-device virtio-blk-device,drive=d \(disk)"),
    .arm64("virt,gic-version=3", "-device pcie-root-port,id=r0"),
    .arm64(
      "virt,gic-version=3",
      "-device pxb-pcie,bus_nr=0x40,id=pxb -device pcie-root-port,bus=pxb,id=r0"),
    .arm64(
      "virt,gic-version=3,iommu=smmuv3",
      "-device pxb-pcie,bus_nr=0x40,id=pxb -device pcie-root-port,bus=pxb,id=r0"),
  ]

  @Test("differ in the trigger of virtio-mmio alone", arguments: machines)
  func found(machine: QEMUTables) throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/qemu.dtb"
    let words = machine.arguments.flatMap { $0.split(separator: " ").map(String.init) }
    let result = try machine.tool.run(
      ["-M", "\(machine.machine),dumpdtb=\(path)"] + words
        + ["-nographic", "-nodefaults", "-net", "none"])
    let bytes = try #require(FileManager.default.contents(atPath: path), "\(result.errors)")
    let file = try TableFile(try machine.tables().flatMap { $0 })
    let view = ParityView(
      tree: GuestView(tree: try FlattenedTree([UInt8](bytes))),
      tables: TablesView(TableSet([TableSet.Member(file, name: "qemu.aml")])))
    #expect(view.preference?.choice == .tree)
    #expect(view.devices.count { $0.role == .virtioMMIO } == 32)
    #expect(view.devices.contains { $0.role == .serial })
    #expect(view.hosts.count == 1)
    var findings = Linter().lint(view).findings
    if machine.machine.contains("its=off") {
      // build_madt tells of an ITS wherever the accelerator could have one.
      #expect(
        findings.contains { $0.line.contains("gic-differs APIC entry[3]: the tree has no ITS") })
      findings.removeAll { $0.rule == "parity/gic-differs" }
    }
    // create_virtio_devices writes an edge, acpi_dsdt_add_virtio a level.
    #expect(
      findings.map(\.line) == [
        "warning parity/trigger-differs \\_SB.VR00 _CRS[1]: all 32 virtio-mmio devices, of which this "
          + "is the first, signal otherwise in the tree"
      ])
  }
}
