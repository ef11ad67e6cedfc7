import DTGenTestSupport
import Foundation
import Testing

@Suite("dtgen build --emit features", .requiresDistribution)
struct FeaturesCommandTests {
  /// The files that are written, by their names.
  private func features(of fixture: String) throws -> [String: [UInt8]] {
    let scratch = try ScratchDirectory()
    let source = Repository.fixtures + "/platforms/\(fixture)/platform.swift"
    let result = try Command.run(
      ["build", source, "-q", "-o", "out", "--emit", "features"], in: scratch)
    #expect(result.status == 0, "\(result.errors)")
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/out") {
      files[name] = scratch.read("out/" + name)
    }
    return files
  }

  @Test(
    "is what its schema says", .requiresReportSchemas,
    arguments: [
      "every-virtio-device", "pci-function-pool", "virtio-iommu-pci", "riscv64-plic", "crosvm-pci",
      "cloud-hypervisor", "two-machines", "three-machines-two-shares",
    ])
  func schema(_ fixture: String) throws {
    let files = try features(of: fixture)
    #expect(!files.isEmpty && files.keys.allSatisfy { $0.hasSuffix("-features.json") })
    for bytes in files.values {
      #expect(try ReportOracle.faults(in: bytes, schema: "schemas/features.schema.json") == "")
    }
  }

  @Test("of a guest with tables alone names its devices in the namespace")
  func tables() throws {
    let bytes = try #require(try features(of: "acpi-prp0001").values.first)
    let object = try JSONSerialization.jsonObject(with: Data(bytes))
    let document = try #require(object as? [String: Any])
    let devices = try #require(document["devices"] as? [[String: Any]])
    #expect(!devices.isEmpty)
    for device in devices { #expect((device["node"] as? String)?.hasPrefix(#"\_SB"#) == true) }
  }

  @Test(
    "of a guest with tables alone has its devices in QEMU's windows",
    arguments: [("acpi-prp0001", "virtio-mmio-bus."), ("acpi-virtio-mmio", "virtio-mmio-bus.")])
  func windowsOfTables(fixture: String, bus: String) throws {
    let bytes = try #require(try features(of: fixture).values.first)
    let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let arguments = try #require(document?["arguments"] as? [String: [String: Any]])
    let words = try #require(arguments["qemu"]?["words"] as? [String])
    #expect(words.contains { $0.contains("bus=" + bus) }, "\(words)")
  }

  @Test("has each device on QEMU's command line")
  func arguments() throws {
    let bytes = try #require(try features(of: "protected-guest")["guest-features.json"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    let arguments = try #require(document["arguments"] as? [String: Any])
    let qemu = try #require(arguments["qemu"] as? [String: Any])
    let words = try #require(qemu["words"] as? [String])
    let devices = words.filter { $0.hasPrefix("virtio-") && $0.contains("bus=") }
    #expect(devices.count == 2)
    for device in devices { #expect(device.contains(",iommu_platform=on")) }
  }

  /// The words for QEMU of `machine` that make its memory, with the files of shares in `scratch`.
  private func memoryWords(
    _ files: [String: [UInt8]], of machine: String, _ scratch: ScratchDirectory
  ) throws -> [String] {
    let bytes = try #require(files["\(machine)-features.json"])
    let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let arguments = try #require(document?["arguments"] as? [String: [String: Any]])
    let words = try #require(arguments["qemu"]?["words"] as? [String])
    return zip(words, words.dropFirst())
      .filter { ["-m", "-smp", "-object", "-numa"].contains($0.0) }
      .flatMap { [$0.0, $0.1.replacing("/dev/shm/", with: scratch.path + "/")] }
  }

  @Test("makes QEMUs map what their machines share from one file", .requires(.qemuArm))
  func shares() throws {
    let files = try features(of: "three-machines-two-shares")
    let scratch = try ScratchDirectory()
    var pieces: [String: Set<ClosedRange<UInt64>>] = [:]
    for name in files.keys.sorted() {
      let machine = name.replacing("-features.json", with: "")
      let words = try memoryWords(files, of: machine, scratch)
      #expect(words.count { $0 == "-numa" } >= 2, "\(words)")
      for word in words where word.hasPrefix("memory-backend-file") {
        let options = word.split(separator: ",").map(String.init)
        let id = try #require(options.first { $0.hasPrefix("id=") }).dropFirst(3)
        let file = try #require(options.first { $0.hasPrefix("mem-path=") })
        let found = try QEMUMemory(arguments: words).pieces(of: [String(id)])
        pieces[file, default: []].formUnion(found.map(\.range))
      }
    }
    // Two files, each at one address wherever it is.
    #expect(pieces.count == 2)
    #expect(pieces.values.allSatisfy { $0.count == 1 })
  }
}
