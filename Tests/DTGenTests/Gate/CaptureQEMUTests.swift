import DTGenTestSupport
import DeviceTree
import Foundation
import Testing

@testable import dtgen

@Suite(
  "dtgen capture qemu", .requiresDistribution, .requires(.qemuArm), .requires(.qemuX86),
  .requires(.qemuRISCV))
struct CaptureQEMUTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func capture(_ options: [String], _ command: [String]) throws -> Tool.Result {
    try Command.run(["capture", "qemu", "-o", "out"] + options + ["--"] + command, in: scratch)
  }

  /// The captured tables of a machine.
  private func tables(called name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")
      .filter { $0.hasPrefix(name + "-") && $0.hasSuffix(".aml") }.sorted().map { "out/" + $0 }
  }

  private static func words(_ machine: QEMUTables) -> [String] {
    [machine.tool.name, "-M", machine.machine, "-display", "none", "-nodefaults", "-net", "none"]
      + machine.arguments.flatMap { $0.split(separator: " ").map(String.init) }
  }

  /// The same tables as by the way that other tests take them.
  @Test(
    "takes QEMU's tables", arguments: [QEMUTables.all[0], QEMUTables.all[7], QEMUTables.all[12]])
  func tables(_ machine: QEMUTables) throws {
    let result = try capture(["-q"], Self.words(machine))
    #expect(result.status == 0, "\(result.errors)")
    let theirs = try machine.tables()
    #expect(theirs.count > 3)
    let names = QEMUTableFile.stems(of: theirs).map { "out/guest-\($0).aml" }
    for (name, table) in zip(names, theirs) { #expect(scratch.read(name) == table, "\(name)") }
    let files = try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out")
    #expect(files.filter { $0.hasSuffix(".aml") }.count == theirs.count)
  }

  @Test("takes the tree, and features that a check takes")
  func tree() throws {
    for (program, node) in [
      ("qemu-system-riscv64", "/soc/virtio_mmio@10001000"),
      ("qemu-system-aarch64", "/virtio_mmio@a000000"),
    ] {
      let command = [
        program, "-M", "virt", "-display", "none", "-nodefaults", "-global",
        "virtio-mmio.force-legacy=false", "-device",
        "virtio-rng-device,bus=virtio-mmio-bus.0,iommu_platform=on", "-device", "virtio-rng-pci",
      ]
      let result = try capture(["--name", "own"], command)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.text.contains("wrote  out/own.dtb  "))
      let tree = try FlattenedTree(try #require(scratch.read("out/own.dtb")))
      #expect(tree.node(at: node) != nil)
      let features = String(
        decoding: try #require(scratch.read("out/own-features.json")), as: UTF8.self)
      #expect(features.contains("\"node\" : \"\(node)\""))
      #expect(features.ranges(of: "VIRTIO_F_ACCESS_PLATFORM").count == 1)
      #expect(features.contains("\"function\" : \"00:01.0\""))
      let check = try Command.run(
        ["check", "out/own.dtb", "--features", "out/own-features.json", "--require", "virtio"],
        in: scratch)
      #expect(check.status == 0, "\(check.text)\(check.errors)")
    }
  }

  @Test("takes features at the devices of tables, for machines with a tree and without")
  func featuresUnderACPI() throws {
    let disk = ["-drive", "if=none,id=d,file=null-co://,format=raw", "-device"]
    let bare = ["-display", "none", "-nodefaults", "-global", "virtio-mmio.force-legacy=false"]
    let mmio = disk + ["virtio-blk-device,drive=d,iommu_platform=on"]
    for (command, stem, node) in [
      (["qemu-system-x86_64", "-M", "microvm"] + bare + mmio, "features", #"\\_SB.VR23"#),
      (["qemu-system-aarch64", "-M", "virt"] + bare + mmio, "acpi-features", #"\\_SB.VR31"#),
      (
        ["qemu-system-x86_64", "-M", "q35"] + bare + disk + ["virtio-blk-pci,drive=d"], "features",
        #"\\_SB.PCI0"#
      ),
    ] {
      let name = command[2]
      let result = try capture(["--name", name, "-q"], command)
      #expect(result.status == 0, "\(result.errors)")
      let file = "out/\(name)-\(stem).json"
      let features = String(decoding: try #require(scratch.read(file)), as: UTF8.self)
      #expect(features.contains("\"node\" : \"\(node)\""), "\(features)")
      let check = try Command.run(
        ["check", "--features", file, "--require", "virtio"] + tables(called: name), in: scratch)
      #expect(check.status == 0, "\(check.text)\(check.errors)")
    }
    #expect(try tables(called: "q35").contains("out/q35-mcfg.aml"))
  }

  @Test("writes nothing where it can't be sure of all")
  func refused() throws {
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/out", withIntermediateDirectories: false)
    try scratch.write([], to: "out/guest-viot.aml")
    let stale = try capture([], ["qemu-system-aarch64", "-M", "virt", "-display", "none"])
    #expect(stale.status == 73)
    #expect(stale.errors.contains("out/guest-viot.aml: is no table of this machine"))
    #expect(scratch.read("out/guest.dtb") == nil)
    try scratch.writeProgram("#!/bin/bash\nexec sleep 60\n", to: "silent")
    let silent = try capture(["--timeout", "1"], [scratch.path + "/silent"])
    #expect(silent.status == 76)
    #expect(
      silent.errors.contains(
        "silent: says nothing for 1 s, which --timeout allows it; nothing was written"))
    let none = try capture([], ["qemu-system-aarch64", "-M", "none", "-display", "none"])
    #expect(none.status == 76)
    #expect(none.errors.contains("has neither a device tree nor tables"))
    #expect(try capture([], ["qemu-system-aarch64", "-M", "no-such"]).status == 76)
    #expect(try capture(["--name", "a/b"], ["x"]).status == 64)
  }
}

@Suite("tables in one file, and the script for them")
struct QEMUTableFileTests {
  @Test("are taken apart, with what lies between them left out")
  func split() {
    let table = Array("SSDT".utf8) + [36, 0, 0, 0] + [UInt8](repeating: 7, count: 28)
    let file = table + [0, 0, 0] + table + Array("CUT ".utf8) + [200, 0, 0, 0]
    #expect(QEMUTableFile.split(file) == [table, table])
    #expect(
      QEMUTableFile.stems(of: [table, table, Array("A/.B".utf8)]) == ["ssdt", "ssdt1", "a__b"])
  }

  @Test("get their checksums, and no byte beyond them")
  func sums() {
    func command(_ place: UInt8, _ first: UInt8, _ count: UInt8) -> [UInt8] {
      let name = Array("etc/acpi/tables".utf8)
      return [3, 0, 0, 0] + name + [UInt8](repeating: 0, count: 56 - name.count)
        + [place, 0, 0, 0, first, 0, 0, 0, count, 0, 0, 0] + [UInt8](repeating: 0, count: 56)
    }
    var tables: [UInt8] = [1, 2, 0, 4]
    QEMUTableFile.sum(&tables, by: command(2, 0, 4) + command(9, 0, 4) + command(0, 3, 4) + [3])
    #expect(tables == [1, 2, 249, 4])
  }
}
